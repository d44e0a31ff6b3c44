import { generateKeyPairSync } from 'node:crypto';
import { judgePemKey } from '../keys/judge-key.ts';
import { readPemBlock } from '../keys/pem-block.ts';
import { isDrawn } from '../plausible.ts';
import type { AnchoredRule, Found, SecretRule, Site } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE64URL } from '../shapes/char-set.ts';
import { latin1 } from '../shapes/latin1.ts';
import { run } from '../shapes/parts.ts';
import { sampleOf } from '../shapes/sample.ts';
import { tokenRule } from '../shapes/token.ts';

/** Room for the key and what stands around it in the file. */
const REACH = 8192;
const SPECIFICATION = 'https://cloud.google.com/iam/docs/keys-create-delete';

/** Letters of an access token as it is issued today; those of the first years were shorter. */
const SHORTEST_GOOGLE_TOKEN = 65;

export const rules: readonly SecretRule[] = [
  serviceAccountRule(),
  tokenRule({
    id: 'google-api-key',
    title: 'Google API key',
    specification: 'https://cloud.google.com/docs/authentication/api-keys',
    severity: 'medium',
    prefixes: ['AIza'],
    parts: [run(BASE64URL, 35)],
  }),
  tokenRule({
    id: 'google-bound-api-key',
    title: 'Google API key bound to a service account',
    specification: 'https://cloud.google.com/docs/authentication/api-keys',
    prefixes: ['AQ.Ab8RN6'],
    parts: [run(BASE64URL, 40, 60)],
  }),
  tokenRule({
    id: 'firebase-server-key',
    title: 'Firebase Cloud Messaging server key',
    specification: 'https://firebase.google.com/docs/cloud-messaging/auth-server',
    prefixes: [':APA91b'],
    before: ['AAAA', run(BASE64URL, 7)],
    parts: [run(BASE64URL, 134)],
  }),
  tokenRule({
    id: 'google-oauth-client-secret',
    title: 'Google OAuth client secret',
    prefixes: ['GOCSPX-'],
    parts: [run(BASE64URL, 28)],
  }),
  tokenRule({
    id: 'google-oauth-access-token',
    title: 'Google OAuth access token',
    severity: 'medium',
    prefixes: ['ya29.'],
    parts: [run(BASE64URL, 20, 400)],
    check: (token) => {
      if (token.length >= SHORTEST_GOOGLE_TOKEN) return { verdict: 'structured' };
      return isDrawn(token.slice('ya29.'.length)) ? { verdict: 'contextual' } : undefined;
    },
  }),
  assignedRule({
    id: 'google-refresh-token',
    title: 'Google OAuth refresh token',
    words: ['refresh_token', 'refreshtoken'],
    names: [],
    value: ['1//0', run(BASE64URL, 40, 120)],
  }),
  assignedRule({
    id: 'google-legacy-client-secret',
    title: 'Google OAuth client secret (older form)',
    words: ['client_secret', 'clientsecret'],
    names: [],
    value: [run(BASE64URL, 24)],
    minEntropy: 3.6,
  }),
];

/** The key file of a service account: the private key's place stands for the whole file. */
function serviceAccountRule(): AnchoredRule {
  return {
    id: 'gcp-service-account',
    title: 'Google Cloud service account key',
    severity: 'critical',
    specification: SPECIFICATION,
    anchors: ['"private_key": "-----', '"private_key":"-----', '\\"private_key\\": \\"---'],
    reach: { before: 2048, after: REACH },
    inspect,
    samples: {
      hits: () => [keyFile(serviceKey())],
      misses: () => [keyFile('-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----\n'), serviceKey()],
    },
  };
}

function inspect(site: Site): Found | undefined {
  const around = latin1(site.bytes, site.start, site.end);
  if (!around.includes('service_account') || !around.includes('private_key_id')) return undefined;
  const begin = site.bytes.indexOf(0x2d, site.at);
  const block = begin < 0 ? undefined : readPemBlock(site.bytes, begin, site.end);
  const judgement = block === undefined ? undefined : judgePemKey(block);
  if (block === undefined || judgement === undefined) return undefined;
  const account = /"client_email\\?": ?\\?"([\w.-]{1,255}@[\w.-]{1,255}\.iam\.gserviceaccount\.com)/.exec(around)?.[1];
  return {
    ...judgement,
    start: begin,
    end: block.end,
    identity: block.body,
    ...(account === undefined ? {} : { name: account }),
  };
}

function serviceKey(): string {
  return generateKeyPairSync('rsa', { modulusLength: 1024 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();
}

function keyFile(key: string): string {
  return JSON.stringify(
    {
      type: 'service_account',
      project_id: 'harbor-7',
      private_key_id: sampleOf([run(BASE64URL, 40)], 'gcp'),
      private_key: key,
      client_email: 'ci@harbor-7.iam.gserviceaccount.com',
    },
    null,
    2,
  );
}
