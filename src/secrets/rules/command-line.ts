import { isBasicLogin, isWordyLogin } from '../basic-login.ts';
import { entropy, plausibility } from '../plausible.ts';
import type { SecretRule } from '../rule.ts';
import { type CommandShape, commandRule, isPassword } from '../shapes/command.ts';
import { holdsWords } from '../words.ts';

const login = (text: string) => Buffer.from(text).toString('base64');

const COMMANDS: readonly CommandShape[] = [
  {
    id: 'authorization-basic',
    title: 'Login in an Authorization header',
    specification: 'https://www.rfc-editor.org/rfc/rfc7617',
    words: ['basic '],
    lead: /authorization["']?\s{0,4}[:=,\]]{0,3}[^\n]{0,12}$/i,
    pattern: /^([A-Za-z0-9+/]{12,200}={0,2})(?![A-Za-z0-9+/=])/,
    accepts: isBasicLogin,
    isWeak: isWordyLogin,
    hit: `curl -H "Authorization: Basic ${login('deploy:q8Zm2xKd91')}" https://ci.intern`,
    miss: `Authorization: Basic ${login('user:password')}`,
  },
  {
    id: 'basic-login',
    title: 'Login in the form of an Authorization header',
    specification: 'https://www.rfc-editor.org/rfc/rfc7617',
    words: ['basic '],
    lead: /["'`]$/,
    pattern: /^([A-Za-z0-9+/]{16,200}={0,2})["'`]/,
    accepts: (value) => isPassword(passwordOf(value) ?? '') && isBasicLogin(value),
    isWeak: isWordyLogin,
    hit: `const header = 'Basic ${login('deploy:q8Zm2xKd91')}';`,
    miss: `const header = 'Basic ${login('deploy:password')}';`,
  },
  {
    id: 'authorization-bearer',
    title: 'Token in an Authorization header',
    specification: 'https://www.rfc-editor.org/rfc/rfc6750',
    words: ['bearer '],
    lead: /authorization["']?\s{0,4}[:=,\]]{0,3}[^\n]{0,12}$/i,
    pattern: /^([A-Za-z0-9._~+/%-]{20,500}=*)(?=["'\s\\`,;)]|$)/,
    accepts: isRandom,
    hit: 'curl -H "Authorization: Bearer k3Jf9sLq0Zx7Vb2Nw8Tc5Hd1" https://ci.intern',
    miss: 'Authorization: Bearer <token-of-the-current-user>',
  },
  {
    id: 'curl-login',
    title: 'Login given to curl',
    specification: 'https://curl.se/docs/manpage.html#-u',
    anchors: ['curl '],
    pattern: /^[^\n|;]{0,300}?(?:^|\s)(?:-u|--user|-u=|--user=)\s{0,2}["']?[\w.@-]{1,64}:([^\s"'\\]{6,100})/,
    accepts: isPassword,
    hit: 'curl -s -u deploy:q8Zm2xKd91 https://ci.intern/job',
    miss: 'curl -u "$USER:$PASS" https://ci.intern/job',
  },
  {
    id: 'command-line-password',
    title: 'Password on a command line',
    anchors: ['--password', '--passwd'],
    pattern: /^(?:=|\s{1,2})["']?([!#-&(-+\x2d-:=?-Z^-z~]{6,100})(?=["'\s\\,;)]|$)/,
    accepts: isPassword,
    hit: 'mysqldump --user=shop --password=q8Zm2xKd91 shop',
    miss: 'mysqldump --password="$PASS" shop --password-stdin',
  },
  {
    id: 'command-line-secret',
    title: 'Secret on a command line',
    anchors: ['-password ', '-token ', '-secret ', '-api-key '],
    lead: /(?:^|[\s"'[,])-(?:-(?!(?:next|start|starting|idempotency|client|page|continuation|sync|initial-cluster)\b)[a-z][a-z0-9-]{0,40})?$/,
    pattern: /^["']?([!#-&(-+\x2d-:=?-Z^-z~]{8,200})(?=["'\s\\,;)]|$)/,
    accepts: isPassword,
    hit: 'app serve --db-password q8Zm2xKd91 --port 80',
    miss: 'app serve --db-password "$DB_PASSWORD1"',
  },
  {
    id: 'powershell-secure-string',
    title: 'Plain text made a SecureString',
    anchors: ['ConvertTo-SecureString'],
    pattern: /^[^\n"']{0,60}?["']([^"'$\n\s{-][^"'$\n]{5,100})["']/,
    accepts: isPassword,
    hit: 'ConvertTo-SecureString "q8Zm2xKd91" -AsPlainText -Force',
    miss: 'ConvertTo-SecureString "$env:PASS" -AsPlainText -Force',
  },
  {
    id: 'installer-password',
    title: 'Password in the answers to an installer',
    anchors: ['root-password ', 'rootpw '],
    pattern: /^(?:password\s{1,4}|--plaintext\s{1,4})?["']?([^\s"'$!*-][^\s"']{5,100})/,
    accepts: isPassword,
    hit: 'd-i passwd/root-password password q8Zm2xKd91',
    miss: 'd-i passwd/root-password-crypted password [MD5 hash]',
  },
];

export const rules: readonly SecretRule[] = COMMANDS.map(commandRule);

function isRandom(value: string): boolean {
  const plausible = plausibility(value);
  return (
    plausible !== 'reference' &&
    plausible !== 'placeholder' &&
    /[0-9]/.test(value) &&
    /[A-Za-z]/.test(value) &&
    !holdsWords(value) &&
    entropy(value) >= 3.2
  );
}

/** What follows the colon of a login in base64; undefined where it is no such text. */
function passwordOf(value: string): string | undefined {
  return /^[\x20-\x39\x3b-\x7e]{1,150}:([\x20-\x7e]{3,150})$/.exec(
    Buffer.from(value, 'base64').toString('latin1'),
  )?.[1];
}
