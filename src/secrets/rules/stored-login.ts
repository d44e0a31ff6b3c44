import { isBasicLogin, isWordyLogin } from '../basic-login.ts';
import type { AnchoredRule, Found, SecretRule, Site } from '../rule.ts';
import { latin1 } from '../shapes/latin1.ts';

interface PatternShape {
  readonly id: string;
  readonly title: string;
  readonly anchors: readonly string[];
  /** Run on at most 1 KiB after the literal; its first group is the secret. */
  readonly pattern: RegExp;
  readonly check?: (value: string) => boolean;
  readonly hit: string;
  readonly miss: string;
}

const REACH = 1024;

function patternRule(shape: PatternShape): AnchoredRule {
  return {
    id: shape.id,
    title: shape.title,
    severity: 'high',
    anchors: shape.anchors,
    reach: { before: 0, after: REACH },
    inspect: (site) => inspect(site, shape),
    samples: { hits: () => [shape.hit], misses: () => [shape.miss] },
  };
}

function inspect(site: Site, shape: PatternShape): Found | undefined {
  const from = site.at + site.length;
  const match = shape.pattern.exec(latin1(site.bytes, from, site.end));
  const value = match?.[1];
  if (match === null || value === undefined || shape.check?.(value) === false) return undefined;
  const start = from + match[0].indexOf(value);
  return { verdict: 'contextual', start, end: start + value.length };
}

/** Logins that programs keep for their user, encoded or encrypted with a key beside them. */
export const rules: readonly SecretRule[] = [
  patternRule({
    id: 'firefox-login',
    title: 'Stored login of Firefox',
    anchors: ['"encryptedPassword"', '"encryptedUsername"'],
    pattern: /^\s?:\s?"(M[A-Za-z0-9+/]{30,400}={0,2})"/,
    hit: `"encryptedPassword":"MDIEEPgAAAAAAAAAAAAAAAAAAAEwFAYIKoZIhvcNAwcECJkq8x"`,
    miss: '"encryptedPassword":""',
  }),
  patternRule({
    id: 'filezilla-password',
    title: 'Stored password of FileZilla',
    anchors: ['<Pass>', '<Pass encoding="base64">'],
    pattern: /^([^<\s]{4,200})<\/Pass>/,
    hit: '<Pass encoding="base64">cThabTJ4S2Q5MQ==</Pass>',
    miss: '<Pass></Pass>',
  }),
  patternRule({
    id: 'nuget-clear-text-password',
    title: 'Clear-text password of a NuGet source',
    anchors: ['ClearTextPassword"'],
    pattern: /^\s{1,4}value="([^"%$]{4,200})"/,
    hit: '<add key="ClearTextPassword" value="q8Zm2xKd91" />',
    miss: '<add key="ClearTextPassword" value="%PASS%" />',
  }),
  patternRule({
    id: 'git-extra-header',
    title: 'Authorization header kept in a git configuration',
    anchors: ['AUTHORIZATION: basic ', 'Authorization: Basic ', 'authorization: basic '],
    pattern: /^([A-Za-z0-9+/]{12,400}={0,2})/,
    hit: `extraheader = AUTHORIZATION: basic ${Buffer.from('x-access-token:q8Zm2xKd91').toString('base64')}`,
    miss: 'AUTHORIZATION: basic ${TOKEN}',
    check: (value) => isBasicLogin(value) && !isWordyLogin(value),
  }),
  patternRule({
    id: 'openvpn-static-key',
    title: 'OpenVPN static key',
    anchors: ['-----BEGIN OpenVPN Stati'],
    pattern: /^c key V1-----[\r\n\\n]{1,4}((?:[0-9a-f]{32}[\r\n\\n]{1,4}){16})-----END/,
    hit: `-----BEGIN OpenVPN Static key V1-----\n${'0f1e2d3c4b5a69788796a5b4c3d2e1f0\n'.repeat(16)}-----END OpenVPN Static key V1-----`,
    miss: '-----BEGIN OpenVPN Static key V1-----\n-----END',
  }),
  patternRule({
    id: 'jetbrains-server-password',
    title: 'Stored password of a JetBrains deployment server',
    // Each character is combined with the same number, and so begins alike.
    anchors: ['password="df'],
    pattern: /^([0-9a-f]{2}(?:df[0-9a-f]{2}){3,64})"/,
    hit: `<fileTransfer host="db.intern" port="21" password="${'dff9dfd8dfcfdf9b'.repeat(2)}">`,
    miss: '<user name="ci" password="dfa1b2c3d4e5" />',
  }),
  patternRule({
    id: 'gpg-agent-key',
    title: 'Unprotected key of gpg-agent',
    anchors: ['(11:private-key'],
    pattern: /^(\(3:(?:rsa|ecc|dsa|elg)\((?:1:[npq]|5:curve)\d{1,4}:[\s\S]{20,400})/,
    hit: `(21:x(11:private-key(3:rsa(1:n129:${'ab12'.repeat(20)}`,
    miss: '(21:protected-private-key(3:rsa',
  }),
  patternRule({
    id: 'gpg-agent-extended-key',
    title: 'Unprotected key of gpg-agent (extended format)',
    anchors: ['Key: (private-key'],
    pattern: /^\s(\((?:rsa|ecc|dsa|elg) \((?:n|p|curve) [\s\S]{20,400})/,
    hit: `Created: 20260101T000000\nKey: (private-key (rsa (n #00${'AB12'.repeat(20)}\n`,
    miss: 'Created: 20260101T000000\nKey: (protected-private-key (rsa (n #00AB\n',
  }),
  patternRule({
    id: 'ssh-password-command',
    title: 'Password given to sshpass',
    anchors: ['sshpass -p'],
    pattern: /^\s{0,2}["']?([^\s"'$<,+)\]%{][^\s"'$<]{5,79})/,
    hit: 'sshpass -p q8Zm2xKd91 ssh root@db.intern',
    miss: 'sshpass -p "$PASS" ssh root@db.intern',
  }),
];
