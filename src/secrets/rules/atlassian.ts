import { crc32 } from 'node:zlib';
import type { Judgement, SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE62, BASE64, charSet, HEX_UPPER } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { sampleOf } from '../shapes/sample.ts';
import { tokenRule } from '../shapes/token.ts';

const SPECIFICATION =
  'https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/';
const BODY = charSet('base64url and padding', '0-9A-Za-z_=-');

export const rules: readonly SecretRule[] = [
  checked('atlassian-api-token', 'Atlassian API token', ['ATATT3'], 150, 250),
  checked('atlassian-connect-token', 'Atlassian Connect token', ['ATCTT3'], 150, 250),
  checked('bitbucket-app-password', 'Bitbucket app password', ['ATBB'], 32, 32),
  tokenRule({
    id: 'bitbucket-data-center-token',
    title: 'Bitbucket Data Center access token',
    prefixes: ['BBDC-'],
    parts: [run(BASE64, 40, 52)],
    check: (token) => dataCenter(token.slice(5)),
    samples: { hits: () => [`BBDC-${dataCenterSample()}`], misses: () => ['BBDC-abc', `BBDC-${'a'.repeat(30)}`] },
  }),
  assignedRule({
    id: 'jira-data-center-token',
    title: 'Jira or Confluence Data Center access token',
    words: ['jira', 'confluence'],
    value: [run(BASE64, 44)],
    check: dataCenter,
    samples: {
      hits: () => [`JIRA_TOKEN=${dataCenterSample()}\n`],
      misses: () => [`JIRA_TOKEN=${sampleOf([run(BASE62, 44)], 'jira')}\n`],
    },
  }),
  assignedRule({
    id: 'atlassian-legacy-api-token',
    title: 'Atlassian API token (24 letters)',
    words: ['atlassian', 'jira', 'confluence'],
    value: [run(BASE62, 24)],
    minEntropy: 3.5,
  }),
];

function checked(id: string, title: string, prefixes: readonly string[], min: number, max: number): SecretRule {
  const head = sampleOf([prefixes[0] ?? '', run(BASE62, max - 8)], id);
  return tokenRule({
    id,
    title,
    specification: SPECIFICATION,
    prefixes,
    parts: [run(BODY, min, max)],
    check: checksummed,
    samples: {
      hits: () => [`${head}${upperCrc(head)}`],
      misses: () => [head.slice(0, 30), `x${head}${upperCrc(head)}`],
    },
  });
}

/** The last eight letters are the CRC-32 of those before. */
function checksummed(token: string): Judgement | undefined {
  const tail = token.slice(-8);
  if (![...tail].every((letter) => HEX_UPPER.letters.includes(letter))) return undefined;
  if (upperCrc(token.slice(0, -8)) === tail) return { verdict: 'proven', proof: 'crc32' };
  return { verdict: 'contextual', proof: 'shape holds, checksum does not' };
}

function upperCrc(text: string): string {
  return crc32(text).toString(16).toUpperCase().padStart(8, '0');
}

/** Base64 of a number, a colon and 20 random bytes. */
function dataCenter(text: string): Judgement | undefined {
  return /^\d{8,14}:/.test(Buffer.from(text, 'base64').toString('latin1'))
    ? { verdict: 'structured', proof: 'decodes to id:secret' }
    : undefined;
}

function dataCenterSample(): string {
  return Buffer.concat([Buffer.from('391284756213:'), Buffer.from(sampleOf([run(BASE62, 20)], 'dc'))])
    .toString('base64')
    .slice(0, 44);
}
