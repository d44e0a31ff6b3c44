import { createHmac, hash } from 'node:crypto';
import { sha256 } from '../keys/public-digest.ts';
import type { Found, Judgement, SecretRule, Site } from '../rule.ts';
import { latin1 } from '../shapes/latin1.ts';

const REACH = 12 * 1024;

/** PuTTY's own key file, versions 2 and 3 (https://tartarus.org/~simon/putty-snapshots/htmldoc/AppendixC.html). */
export const rules: readonly SecretRule[] = [
  {
    id: 'private-key-putty',
    title: 'PuTTY private key',
    severity: 'critical',
    specification: 'https://tartarus.org/~simon/putty-snapshots/htmldoc/AppendixC.html',
    anchors: ['PuTTY-User-Key-File-'],
    reach: { before: 0, after: REACH },
    inspect,
    samples: {
      hits: () => [sample(), JSON.stringify({ key: sample() }), `key: |\n  ${sample().replaceAll('\n', '\n  ')}`],
      misses: () => ['PuTTY-User-Key-File-2: ssh-rsa\n', sample().slice(0, 150)],
    },
  },
];

function inspect(site: Site): Found | undefined {
  const text = latin1(site.bytes, site.at, site.end);
  const file = readFields(linesOf(text));
  if (file === undefined) return undefined;
  const key = {
    algorithm: file.algorithm,
    encryption: file.encryption,
    comment: file.comment,
    open: Buffer.from(file.open, 'base64'),
    secret: Buffer.from(file.secret, 'base64'),
  };
  return {
    ...judge(key, file.version, file.mac),
    start: site.at,
    end: site.at + text.indexOf(file.mac) + file.mac.length,
    identity: file.secret,
  };
}

/** The lines without what a YAML or JSON text adds to them. */
function linesOf(text: string): string[] {
  const first = text.slice(0, LONGEST_FIRST_LINE);
  const escaped = !first.includes('\n') && first.includes('\\n');
  const mark = escaped ? '\\r' : '\r';
  const lines = text.split(escaped ? '\\n' : '\n', MOST_LINES);
  return lines.map((line) => (line.endsWith(mark) ? line.slice(0, -mark.length) : line).trimStart());
}

const LONGEST_FIRST_LINE = 80;
/** Lines of a key of 16 kilobits and its headers. */
const MOST_LINES = 200;
/** Lines of key derivation between the halves of a key of version 3. */
const MOST_DERIVATION = 5;

/** The fields in the order in which PuTTY writes them; undefined where one is missing or odd. */
function readFields(lines: readonly string[]) {
  const [, version, algorithm] = /^PuTTY-User-Key-File-([23]): (\S{3,40})$/.exec(lines[0] ?? '') ?? [];
  const [, encryption] = /^Encryption: (\S{3,20})$/.exec(lines[1] ?? '') ?? [];
  const [, comment] = /^Comment: ([^\n]{0,200})$/.exec(lines[2] ?? '') ?? [];
  const open = readLines(lines, 3, 'Public-Lines: ');
  if (version === undefined || algorithm === undefined || encryption === undefined || comment === undefined)
    return undefined;
  if (open === undefined) return undefined;
  let next = open.next;
  while (next < open.next + MOST_DERIVATION && /^(?:Key-Derivation|Argon2)/.test(lines[next] ?? '')) next++;
  const secret = readLines(lines, next, 'Private-Lines: ');
  if (secret === undefined) return undefined;
  const [, mac] = /^Private-MAC: ([0-9a-f]{40,64})/.exec(lines[secret.next] ?? '') ?? [];
  if (mac === undefined) return undefined;
  return { version, algorithm, encryption, comment, open: open.text, secret: secret.text, mac };
}

/** The lines of base64 after the header at `at`. */
function readLines(lines: readonly string[], at: number, name: string): { text: string; next: number } | undefined {
  const header = lines[at] ?? '';
  if (!header.startsWith(name) || !/^\d{1,3}$/.test(header.slice(name.length))) return undefined;
  let next = at + 1;
  while (/^[A-Za-z0-9+/=]{1,128}$/.test(lines[next] ?? '')) next++;
  return next === at + 1 ? undefined : { text: lines.slice(at + 1, next).join('\n'), next };
}

interface PuttyKey {
  readonly algorithm: string;
  readonly encryption: string;
  readonly comment: string;
  readonly open: Buffer;
  readonly secret: Buffer;
}

function judge(key: PuttyKey, version: string, mac: string): Judgement {
  const join = [{ kind: 'public-key' as const, digest: sha256(key.open) }];
  if (key.encryption !== 'none')
    return { verdict: 'structured', severity: 'medium', proof: `encrypted key (${key.encryption})`, join };
  if (macOf(key, version) === mac) return { verdict: 'proven', proof: 'Private-MAC', join };
  return { verdict: 'structured', proof: 'not encrypted', join };
}

function macOf(key: PuttyKey, version: string): string {
  const data = Buffer.concat([key.algorithm, key.encryption, key.comment, key.open, key.secret].map(prefixed));
  if (version === '3') return createHmac('sha256', '').update(data).digest('hex');
  return createHmac('sha1', hash('sha1', 'putty-private-key-file-mac-key', 'buffer'))
    .update(data)
    .digest('hex');
}

function prefixed(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function sample(): string {
  const key: PuttyKey = {
    algorithm: 'ssh-ed25519',
    encryption: 'none',
    comment: 'deploy',
    open: Buffer.alloc(51, 1),
    secret: Buffer.alloc(36, 2),
  };
  return `PuTTY-User-Key-File-2: ssh-ed25519\nEncryption: none\nComment: deploy\nPublic-Lines: 2\n${key.open.toString('base64')}\nPrivate-Lines: 1\n${key.secret.toString('base64')}\nPrivate-MAC: ${macOf(key, '2')}\n`;
}
