import type { AnchoredRule, Found, SecretRule, Site } from '../rule.ts';
import { latin1 } from '../shapes/latin1.ts';
import { beginsWord } from '../shapes/parts.ts';

/** crypt(5) schemes: what a hash looks like after its prefix. */
const SCHEMES: readonly (readonly [string, RegExp])[] = [
  ['$1$', /^\$1\$[./0-9A-Za-z]{1,8}\$[./0-9A-Za-z]{22}(?![./0-9A-Za-z])/],
  ['$5$', /^\$5\$(?:rounds=\d{1,9}\$)?[./0-9A-Za-z]{1,16}\$[./0-9A-Za-z]{43}(?![./0-9A-Za-z])/],
  ['$6$', /^\$6\$(?:rounds=\d{1,9}\$)?[./0-9A-Za-z]{1,16}\$[./0-9A-Za-z]{86}(?![./0-9A-Za-z])/],
  ['$2a$', /^\$2a\$\d\d\$[./0-9A-Za-z]{53}(?![./0-9A-Za-z])/],
  ['$2b$', /^\$2b\$\d\d\$[./0-9A-Za-z]{53}(?![./0-9A-Za-z])/],
  ['$2x$', /^\$2x\$\d\d\$[./0-9A-Za-z]{53}(?![./0-9A-Za-z])/],
  ['$2y$', /^\$2y\$\d\d\$[./0-9A-Za-z]{53}(?![./0-9A-Za-z])/],
  ['$y$', /^\$y\$[./0-9A-Za-z]{2,4}\$[./0-9A-Za-z]{1,86}\$[./0-9A-Za-z]{43}/],
  ['$8$', /^\$8\$[./0-9A-Za-z]{14}\$[./0-9A-Za-z]{43}/],
  ['$9$', /^\$9\$[./0-9A-Za-z]{14}\$[./0-9A-Za-z]{43}/],
  ['$apr1$', /^\$apr1\$[./0-9A-Za-z]{1,8}\$[./0-9A-Za-z]{22}/],
  ['$argon2', /^\$argon2(?:id|i|d)\$v=\d+\$m=\d+,t=\d+,p=\d+\$[+/0-9A-Za-z]{8,64}\$[+/0-9A-Za-z]{20,90}/],
  ['$krb5asrep$', /^\$krb5asrep\$\d+\$(?:[^\s:$]{1,80}:)?[0-9a-f]{32}\$[0-9a-f]{64,500}/],
  ['{SHA}', /^\{SHA\}[A-Za-z0-9+/]{27}=/],
  ['{SSHA}', /^\{SSHA\}[A-Za-z0-9+/]{32,44}={0,2}/],
  ['pbkdf2_sha256$', /^pbkdf2_sha256\$\d{3,8}\$[A-Za-z0-9]{8,32}\$[A-Za-z0-9+/]{43}=/],
];

/** Files whose whole purpose is to hold the hashes of accounts that work. */
const ACCOUNT_FILE = /\/(?:shadow-?|gshadow-?|master\.passwd|\.?htpasswd\w{0,255}|[\w.-]{0,255}passwd|users)$/;

export const rules: readonly SecretRule[] = [
  accountRule('account-password-hash', 'Password hash of an account', true),
  accountRule('password-hash', 'Password hash', false),
];

/** The same hash is an account's in an account file and a mere hash elsewhere. */
function accountRule(id: string, title: string, inAccountFile: boolean): AnchoredRule {
  const hash = ['$6$', 'Zq81mKd0', '$', 'aB3dE5fG7h'.repeat(9).slice(0, 86)].join('');
  const path = (wanted: boolean) => (wanted ? '/etc/shadow' : '/srv/app/users.txt');
  return {
    id,
    title,
    severity: inAccountFile ? 'high' : 'low',
    specification: 'https://manpages.debian.org/bookworm/libcrypt-dev/crypt.5.en.html',
    anchors: SCHEMES.map(([prefix]) => prefix),
    reach: { before: 8, after: 640 },
    inspect: (site) => (ACCOUNT_FILE.test(site.path) === inAccountFile ? inspect(site, inAccountFile) : undefined),
    samples: {
      hits: () => [{ path: path(inAccountFile), content: `root:${hash}:19000:0:99999:7:::\n` }],
      misses: () => [
        { path: path(!inAccountFile), content: `root:${hash}:19000\n` },
        { path: path(inAccountFile), content: 'root:*:19000:0:99999:7:::\nsync:!:1:\n' },
      ],
    },
  };
}

function inspect(site: Site, inAccountFile: boolean): Found | undefined {
  const text = latin1(site.bytes, site.at, site.end);
  const scheme = SCHEMES.find(([prefix]) => text.startsWith(prefix));
  const hash = scheme?.[1].exec(text)?.[0];
  if (hash === undefined || !beginsWord(site.bytes, site.start, site.at)) return undefined;
  return {
    verdict: inAccountFile ? 'structured' : 'generic',
    proof: `hash ${scheme?.[0] ?? ''}`,
    start: site.at,
    end: site.at + hash.length,
  };
}
