import { distinct, isReference, plausibility } from '../plausible.ts';
import type { FileRule, Found, SecretFile, SecretRule } from '../rule.ts';

interface LineShape {
  readonly id: string;
  readonly title: string;
  readonly specification?: string;
  readonly names: readonly string[];
  /** Ends of paths, beside the names. */
  readonly suffixes?: readonly string[];
  /** Its second group is the secret, its first the name or user. Linear on one line of at most `LINE_BYTES`. */
  readonly line: RegExp;
  /** A sample line, `{}` where the secret stands. */
  readonly hit: string;
  readonly miss: string;
}

const LINE_BYTES = 1024;
const DRAWN = 'q8Zm2xKd91';

function lineRule(shape: LineShape): FileRule {
  const path = shape.names[0] === undefined ? `/root/x${shape.suffixes?.[0] ?? ''}` : `/root/${shape.names[0]}`;
  return {
    id: shape.id,
    title: shape.title,
    severity: 'high',
    ...(shape.specification === undefined ? {} : { specification: shape.specification }),
    select: [...shape.names.map((basename) => ({ basename })), ...(shape.suffixes ?? []).map((suffix) => ({ suffix }))],
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
    ...(groups[1] === undefined || groups[1] === '' ? {} : { name: groups[1].slice(0, 60) }),
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
  lineRule({
    id: 'git-credentials-password',
    title: 'Password or token kept by git',
    specification: 'https://git-scm.com/docs/git-credential-store#_storage_format',
    names: ['.git-credentials'],
    line: /^https?:\/\/([^:\s]{1,128}):(\S{4,255})(?=@[^@\s]{1,255}$)/,
    hit: 'https://ci:{}#1@git.intern',
    miss: 'https://ci@git.intern',
  }),
  lineRule({
    id: 'ppp-secret',
    title: 'Password in a PPP secrets file',
    specification: 'https://manpages.debian.org/bookworm/ppp/pppd.8.en.html#AUTHENTICATION',
    names: ['chap-secrets', 'pap-secrets'],
    line: /^\s{0,8}"?([^\s"#]{1,64})"?\s{1,16}\S{1,64}\s{1,16}"?([^\s"#]{4,128})/,
    hit: '"ci" * "{}" *',
    miss: '# client server secret addresses',
  }),
  lineRule({
    id: 'ipsec-secret',
    title: 'Shared secret of an IPsec connection',
    specification: 'https://docs.strongswan.org/docs/latest/config/IpsecSecrets.html',
    names: ['ipsec.secrets'],
    suffixes: ['.ipsec.secrets'],
    line: /^([^#:]{0,120}):\s{0,4}(?:PSK|XAUTH|EAP)\s{1,8}"([^"]{4,200})/,
    hit: '10.0.0.1 %any : PSK "{}"',
    miss: ': RSA server.pem',
  }),
  lineRule({
    id: 'redis-password',
    title: 'Password in a Redis configuration',
    specification: 'https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/',
    names: ['redis.conf', 'sentinel.conf', 'users.acl', 'valkey.conf'],
    line: /^\s{0,4}(requirepass|masterauth|sentinel auth-pass \S{1,64}|user\s{1,4}\S{1,64}\s[^>\n]{0,200}>)\s{0,8}"?([^\s"]{4,256})/,
    hit: 'requirepass {}',
    miss: '# requirepass foobared',
  }),
  lineRule({
    id: 'pgbouncer-password',
    title: 'Password in a PgBouncer user list',
    specification: 'https://www.pgbouncer.org/config.html#authentication-file-format',
    names: ['userlist.txt'],
    line: /^"([^"]{1,64})"\s{1,4}"([^"]{4,256})/,
    hit: '"shop" "{}"',
    miss: '"shop" ""',
  }),
  lineRule({
    id: 'mail-relay-password',
    title: 'Password for a mail relay',
    specification: 'https://www.postfix.org/SASL_README.html#client_sasl_enable',
    names: ['sasl_passwd', 'sasl_password', 'passwd.client'],
    line: /^([^\s#:]{1,128}(?::\d{1,5})?(?:\s{1,16}|:)[^\s:]{1,128}):(\S{4,128})/,
    hit: '[mail.intern]:587 ci@intern:{}',
    miss: '# [mail.intern]:587 username:password',
  }),
  lineRule({
    id: 'network-manager-secret',
    title: 'Secret in a NetworkManager connection',
    specification: 'https://networkmanager.dev/docs/api/latest/nm-settings-keyfile.html',
    names: [],
    suffixes: ['.nmconnection'],
    line: /^(psk|password|wep-key\d|leap-password|private-key-password|secret)=(\S{4,128})/,
    hit: 'psk={}',
    miss: 'psk-flags=1',
  }),
  lineRule({
    id: 'ldap-bind-password',
    title: 'Bind password of an LDAP client or server',
    specification: 'https://manpages.debian.org/bookworm/nslcd/nslcd.conf.5.en.html',
    names: ['ldap.conf', 'nslcd.conf', 'pam_ldap.conf', 'sssd.conf', 'slapd.conf'],
    line: /^\s{0,4}(bindpw|rootpw|rootpwmodpw|ldap_default_authtok)\s{0,8}=?\s{0,8}(\S{4,128})/,
    hit: 'bindpw {}',
    miss: '#bindpw secret',
  }),
  lineRule({
    id: 'snmp-user-password',
    title: 'Password of an SNMP user',
    specification: 'https://manpages.debian.org/bookworm/snmpd/snmpd.conf.5.en.html',
    names: ['snmpd.conf', 'snmp.conf'],
    line: /^\s{0,4}(?:createUser\s{1,4}(?:-e\s{1,4}\S{1,64}\s{1,4})?(\S{1,64})\s{1,4}\w[\w-]{1,8}\s{1,4}|def(?:Auth|Priv)Passphrase\s{1,4})"?([^\s"]{8,64})/,
    hit: 'createUser admin SHA "{}" AES',
    miss: '#createUser authOnlyUser MD5 "remember to change this password"',
  }),
  lineRule({
    id: 'htpasswd-des-hash',
    title: 'Password hash of a web server account (DES)',
    specification: 'https://httpd.apache.org/docs/current/misc/password_encryptions.html',
    names: ['.htpasswd', 'htpasswd'],
    line: /^([^#:\s]{1,64}):([./0-9A-Za-z]{13})$/,
    hit: 'ci:kR{}a',
    miss: 'ci:toolongforahash',
  }),
  lineRule({
    id: 'bundler-login',
    title: 'Login for a gem server in a Bundler configuration',
    specification: 'https://bundler.io/man/bundle-config.1.html#CREDENTIALS-FOR-GEM-SOURCES',
    names: [],
    suffixes: ['/.bundle/config'],
    line: /^(BUNDLE_(?!BUILD__|MIRROR__|LOCAL__)\w{1,100}__\w{1,100}):\s{1,4}"?(?:[^\s:"]{1,64}:)?([^\s:"]{6,200})/,
    hit: 'BUNDLE_GEMS__INTERN: "ci:{}"',
    miss: 'BUNDLE_BUILD__NOKOGIRI: "--use-system-libraries"',
  }),
  lineRule({
    id: 'erlang-cookie',
    title: 'Erlang cookie',
    specification: 'https://www.erlang.org/doc/system/distributed.html#security',
    names: ['.erlang.cookie'],
    line: /^()([0-9A-Za-z_-]{8,255})$/,
    hit: '{}XYZ',
    miss: 'a b',
  }),
];
