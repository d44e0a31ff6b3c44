import { distinct, isReference, plausibility } from '../plausible.ts';
import type { FileRule, Found, SecretFile, SecretRule } from '../rule.ts';

interface LineShape {
  readonly id: string;
  readonly title: string;
  readonly specification?: string;
  readonly names: readonly string[];
  /** Its second group is the secret, its first the name or user. Linear on one line of at most `LINE_BYTES`. */
  readonly line: RegExp;
  /** A sample line, `{}` where the secret stands. */
  readonly hit: string;
  readonly miss: string;
}

const LINE_BYTES = 1024;
const DRAWN = 'q8Zm2xKd91';

function lineRule(shape: LineShape): FileRule {
  const path = `/root/${shape.names[0] ?? ''}`;
  return {
    id: shape.id,
    title: shape.title,
    severity: 'high',
    ...(shape.specification === undefined ? {} : { specification: shape.specification }),
    select: shape.names.map((basename) => ({ basename })),
    inspectFile: (file) => inspectLines(file, shape.line),
    samples: {
      hits: () => [{ path, content: `${shape.hit.replace('{}', DRAWN)}\n` }],
      misses: () => [
        { path, content: `${shape.miss}\n` },
        { path: '/root/other', content: `${shape.hit.replace('{}', DRAWN)}\n` },
      ],
    },
  };
}

function* inspectLines({ bytes }: SecretFile, line: RegExp): Generator<Found> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const found = end - start > LINE_BYTES ? undefined : inspectLine(text.slice(start, end).replace(/\r$/, ''), line);
    if (found !== undefined) yield { ...found, start: start + found.start, end: start + found.end };
    start = end + 1;
  }
}

function inspectLine(line: string, pattern: RegExp): Found | undefined {
  const groups = pattern.exec(line);
  const value = groups?.[2];
  if (groups === null || value === undefined || isReference(value) || distinct(value) < 3 || EMPTY.test(value))
    return undefined;
  const start = groups.index + groups[0].length - value.length;
  const suppressed = plausibility(value) === 'placeholder' ? { suppressed: 'placeholder' as const } : {};
  return {
    verdict: 'contextual',
    start,
    end: start + value.length,
    ...(groups[1] === undefined ? {} : { name: groups[1].slice(0, 60) }),
    ...suppressed,
  };
}

const EMPTY = /^(?:true|false|none|null|yes|no|on|off|password|secret|prompt|file|\*+|x+|[{[(]+)$/i;

/** Files whose format says which field is the password. */
export const rules: readonly SecretRule[] = [
  lineRule({
    id: 'pgpass-password',
    title: 'Password in a PostgreSQL password file',
    specification: 'https://www.postgresql.org/docs/current/libpq-pgpass.html',
    names: ['.pgpass', 'pgpass.conf', 'pgpass'],
    line: /^[^#:\n]{1,255}:[^:\n]{1,255}:[^:\n]{1,255}:([^:\n]{1,255}):((?:[^:\\\n]|\\.){1,255})$/,
    hit: 'db.intern:5432:shop:owner:{}',
    miss: '# host:port:database:user:password',
  }),
  lineRule({
    id: 'netrc-password',
    title: 'Password in a netrc file',
    specification: 'https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html',
    names: ['.netrc', '_netrc', 'netrc'],
    line: /^(?:\s{0,16}(?:machine|default)\b[^\n]{0,255}?|\s{0,16}login\s{1,16}(\S{1,255})\s{1,16}|\s{0,16})\bpassword\s{1,16}(\S{1,255})/,
    hit: 'machine git.intern login ci password {}',
    miss: 'machine git.intern login ci',
  }),
  lineRule({
    id: 'password-setting',
    title: 'Password in a client settings file',
    names: [
      '.my.cnf',
      'my.cnf',
      '.mylogin.cnf',
      '.s3cfg',
      '.boto',
      '.esmtprc',
      '.msmtprc',
      '.fetchmailrc',
      '.pypirc',
      'rclone.conf',
      '.dbshell',
      '.tugboat',
      '.credentials',
      'credentials',
      'wpa_supplicant.conf',
      'pip.conf',
      '.ftpconfig',
      'sftp.json',
      'sftp-config.json',
      '.remote-sync.json',
      'credentials.toml',
      'hosts.yml',
      'hub',
      'chap-secrets',
      'secrets.yml',
      '.dockercfg',
      'ventrilo_srv.ini',
      'deployment-config.json',
      'robomongo.json',
      'mongoid.yml',
      'heroku.json',
    ],
    line: /^\s{0,16}["']?([\w.-]{0,64}(?:password|passwd|passphrase|psk|pass|auth|secret|secret_key|api_?key|oauth_token|token|api_secret)\w{0,64})["']?\s{0,16}[=:]?\s{0,16}["']?((?<=[=:"'\s]["']?)[^\s"',;]{4,255})/i,
    hit: 'password = {}',
    miss: 'password = ${PASSWORD}',
  }),
];
