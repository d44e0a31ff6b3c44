import { ASSIGNMENT_AFTER, ASSIGNMENT_BEFORE, assignmentAt } from '../assignment.ts';
import { entropy } from '../plausible.ts';
import type { AnchoredRule, Found, Judgement, SecretRule, Site } from '../rule.ts';
import { valueAfter } from '../shapes/assigned.ts';
import { BASE32, BASE64, BASE64_PADDED, UPPER_ALNUM } from '../shapes/char-set.ts';
import { latin1 } from '../shapes/latin1.ts';
import { matchForward, run, UUID_ANY } from '../shapes/parts.ts';
import { sampleOf } from '../shapes/sample.ts';
import { tokenRule } from '../shapes/token.ts';

const SPECIFICATION = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html';

const id = sampleOf(['AKIA', run(BASE32, 16)], 'aws');
const secret = sampleOf([run(BASE64, 40)], 'aws');

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'aws-access-key-id',
    title: 'AWS access key id',
    specification: SPECIFICATION,
    prefixes: ['AKIA', 'ASIA', 'ABIA', 'ACCA'],
    parts: [run(UPPER_ALNUM, 16)],
    capitals: true,
    check: judgeId,
  }),
  secretKeyRule(),
  tokenRule({
    id: 'aws-session-token',
    title: 'AWS session token',
    specification: SPECIFICATION,
    prefixes: ['IQoJb3JpZ2lu', 'FwoGZXIvYXdz', 'FQoGZXIvYXdz'],
    parts: [run(BASE64, 100, 2000), run(BASE64_PADDED, 0, 2)],
  }),
  tokenRule({
    id: 'aws-bedrock-api-key',
    title: 'Amazon Bedrock API key',
    prefixes: ['ABSKQmVkcm9ja0FQSUtleS'],
    parts: [run(BASE64_PADDED, 80, 260)],
    check: (token) => ({
      verdict: Buffer.from(token.slice(4), 'base64').toString('latin1').startsWith('BedrockAPIKey-')
        ? 'structured'
        : 'generic',
    }),
    severity: 'critical',
  }),
  tokenRule({
    id: 'aws-bedrock-short-key',
    title: 'Amazon Bedrock short-term API key',
    prefixes: ['bedrock-api-key-YmVkcm9j'],
    parts: [run(BASE64_PADDED, 60, 2000)],
  }),
  tokenRule({
    id: 'aws-mws-token',
    title: 'Amazon MWS auth token',
    prefixes: ['amzn.mws.'],
    parts: UUID_ANY,
  }),
];

/** Accounts whose keys stand in AWS documentation, and the keys themselves. */
const PUBLISHED = new Set(['IOSFODNN7EXAMPLE', 'I44QH8DHBEXAMPLE']);

/**
 * Bytes 2 to 6 of the base32 text hold the account (12 digits) in keys issued since 2019; older ones begin with I or J
 * and hold none. https://awsteele.com/blog/2020/09/26/aws-access-key-format.html
 */
function judgeId(token: string): Judgement {
  const body = token.slice(4);
  const join = [{ kind: 'pair' as const, name: 'aws', half: 'id' as const }];
  if (PUBLISHED.has(body) || body.endsWith('EXAMPLE'))
    return { verdict: 'structured', suppressed: 'published-example' };
  if (entropy(body) < 2.6) return { verdict: 'generic', join };
  if (/[0189]/.test(body)) return { verdict: 'contextual', proof: 'holds digits that base32 has not', join };
  const account = accountOf(body);
  if (/^[IJ]/.test(body)) return { verdict: 'structured', join };
  return account > 999_999_999_999
    ? { verdict: 'contextual', proof: 'no account number in it', join }
    : { verdict: 'structured', proof: `account ${String(account).padStart(12, '0')}`, join };
}

function accountOf(body: string): number {
  let bits = 0n;
  for (const letter of body.slice(0, 10)) bits = bits * 32n + BigInt(BASE32.letters.indexOf(letter));
  return Number((bits >> 2n) & 0x7fffffffff80n) / 128;
}

/** Forty letters mean nothing by themselves: a name must say what they are. */
function secretKeyRule(): AnchoredRule {
  return {
    id: 'aws-secret-access-key',
    title: 'AWS secret access key',
    severity: 'critical',
    specification: SPECIFICATION,
    words: [
      'secret_access_key',
      'secretaccesskey',
      'secret-access-key',
      'secret.access.key',
      'aws_secret',
      'awssecret',
      'aws-secret',
      'secretkey',
      'secret_key',
      'secret-key',
      'aws_sec',
      'aws_key',
    ],
    anchors: ['AKIA', 'ASIA'],
    reach: { before: ASSIGNMENT_BEFORE, after: ASSIGNMENT_AFTER },
    inspect: inspectSecret,
    samples: {
      hits: () => [
        `aws_secret_access_key = ${secret}\n`,
        `AWS_ACCESS_KEY_ID=${id}\nAWS_SECRET=${secret}\n`,
        `"secretAccessKey": "${secret}"`,
        `${id}:${secret}\n`,
      ],
      misses: () => [
        `aws_secret_access_key = \${AWS_SECRET}\n`,
        `aws_secret_access_key = ${secret}0\n`,
        `sha1: ${'0a1b2c3d4e'.repeat(4)}\n`,
      ],
    },
  };
}

function inspectSecret(site: Site): Found | undefined {
  const named = latin1(site.bytes, site.at, site.at + 4).toLowerCase();
  const beside = named === 'akia' || named === 'asia';
  let start = beside
    ? besideId(site)
    : valueAfter(site.bytes, site.at + site.length, Math.min(site.end, site.at + site.length + 64));
  let end = keyEnd(site, start);
  if (end < 0 && !beside) {
    start = assignmentAt(site.bytes, site, site.at, site.length)?.start ?? -1;
    end = keyEnd(site, start);
  }
  if (end < 0) return undefined;
  const value = latin1(site.bytes, start, end);
  if (
    /^[0-9a-f]{40}$/i.test(value) ||
    entropy(value) < 4 ||
    !/[0-9]/.test(value) ||
    !/[A-Z]/.test(value) ||
    !/[a-z]/.test(value)
  )
    return undefined;
  if (/example/i.test(value)) return { verdict: 'structured', start, end, suppressed: 'published-example' };
  return { verdict: 'contextual', start, end, join: [{ kind: 'pair', name: 'aws', half: 'secret' }] };
}

const LONGEST_BETWEEN = 120;
const NEXT_SECRET =
  /^["'`]?[\s,;]{1,24}(?:export |set )?["']?[\w.$-]{0,32}(?:secret|key)[\w-]{0,16}["']?\]?\s{0,4}(?:=>|:=|[:=])\s{0,4}["'`]?/i;

/** Where a key ends that begins there, or -1. */
function keyEnd({ bytes, end: limit }: Site, start: number): number {
  const end = start < 0 ? -1 : matchForward(bytes, start, limit, [run(BASE64, 40)]);
  return end < 0 || BASE64_PADDED.has[bytes[end] ?? 0] === 1 ? -1 : end;
}

/** A value right after an id: `AKIA…:value`, `AKIA…,value`, `AKIA… value`, or given to the next name that says secret. */
function besideId(site: Site): number {
  const end = matchForward(site.bytes, site.at, site.end, [run(BASE32, 20)]);
  if (end < 0) return -1;
  const text = latin1(site.bytes, end, Math.min(site.end, end + LONGEST_BETWEEN));
  const gap = NEXT_SECRET.exec(text) ?? /^["']?[\s:,;|]{1,7}["']?/.exec(text);
  return gap === null ? -1 : end + gap[0].length;
}
