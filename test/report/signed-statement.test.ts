import { createPublicKey, generateKeyPairSync, type KeyObject, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encodeKeyFile, generateSigningKey, parseKeyFile } from '../../src/bundle/trust/signing-key.ts';
import { DEFAULT_LIMITS } from '../../src/limits.ts';
import { readSbom } from '../../src/report/read-sbom/read-sbom.ts';
import { analysisFixture } from '../support/analysis-fixture.ts';
import { reportText } from '../support/report-text.ts';

interface Envelope {
  readonly payloadType: string;
  readonly payload: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

/** Public keys of a PEM file, block by block, without our own reader. */
function publicKeys(pem: string): readonly KeyObject[] {
  return pem
    .split(/(?<=-----END PRIVATE KEY-----\n)/)
    .filter((block) => block !== '')
    .map((block) => createPublicKey(block));
}

/** Which signatures hold, by the text of the DSSE specification. */
function verdicts(envelope: Envelope, keys: readonly KeyObject[]): readonly boolean[] {
  const payload = Buffer.from(envelope.payload, 'base64');
  const head = `DSSEv1 ${Buffer.byteLength(envelope.payloadType)} ${envelope.payloadType} ${payload.length} `;
  const message = Buffer.concat([Buffer.from(head), payload]);
  return keys.map((key, index) =>
    verify(
      key.asymmetricKeyType === 'ec' ? 'sha256' : null,
      message,
      key,
      Buffer.from(envelope.signatures[index]?.sig ?? '', 'base64'),
    ),
  );
}

const pemOf = (key: KeyObject): string => key.export({ format: 'pem', type: 'pkcs8' }).toString();
const KEYS = {
  'an Ed25519 PEM file': pemOf(generateKeyPairSync('ed25519').privateKey),
  'an ECDSA PEM file': pemOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey),
  'a release key with two halves': encodeKeyFile(generateSigningKey()),
};

async function signed(name: string, pem: string): Promise<string> {
  return reportText(name, analysisFixture(), { signingKey: parseKeyFile(pem, { path: 'release.key' }) });
}

describe('a signed statement', () => {
  it.each(Object.entries(KEYS))('verifies with %s and holds the bare statement', async (_, pem) => {
    const envelope: Envelope = JSON.parse(await signed('intoto-vuln', pem));
    const keys = publicKeys(pem);
    expect(envelope.payloadType).toBe('application/vnd.in-toto+json');
    expect(envelope.signatures).toHaveLength(keys.length);
    expect(verdicts(envelope, keys)).toEqual(keys.map(() => true));
    expect(Buffer.from(envelope.payload, 'base64').toString('utf8')).toBe(
      await reportText('intoto-vuln', analysisFixture()),
    );
  });

  it.each(Object.entries(KEYS))('does not verify with %s once the payload was changed', async (_, pem) => {
    const envelope: Envelope = JSON.parse(await signed('intoto-spdx', pem));
    const text = Buffer.from(envelope.payload, 'base64').toString('utf8').replace('1.4', '1.5');
    const changed = { ...envelope, payload: Buffer.from(text, 'utf8').toString('base64') };
    expect(verdicts(changed, publicKeys(pem)).includes(true)).toBe(false);
    expect(verdicts({ ...envelope, payloadType: 'text/plain' }, publicKeys(pem)).includes(true)).toBe(false);
  });
});

describe('readSbom with a signed statement', () => {
  const read = (text: string) => readSbom(Buffer.from(text, 'utf8'), DEFAULT_LIMITS);

  it.each(['intoto-cyclonedx', 'intoto-spdx'])(
    'reads the payload of %s and says what was not checked',
    async (name) => {
      const bare = read(await reportText(name, analysisFixture()));
      expect(read(await signed(name, KEYS['an Ed25519 PEM file']))).toEqual({
        ...bare,
        problems: [
          ...bare.problems,
          {
            code: 'PLM_SBOM_SIGNATURE',
            detail:
              'the SBOM came in a signed envelope whose signature was not checked (--image-key does): who made it is not known',
          },
        ],
      });
    },
  );

  it.each([
    ['a payload of another type', { payloadType: 'application/vnd.plimsoll.release.v1+octets', payload: 'e30=' }],
    ['a payload that is not base64', { payloadType: 'application/vnd.in-toto+json', payload: '*e30=*' }],
    ['a payload that is not JSON', { payloadType: 'application/vnd.in-toto+json', payload: 'e30x' }],
    ['a payload that is not UTF-8', { payloadType: 'application/vnd.in-toto+json', payload: '/////w==' }],
    [
      'an envelope in an envelope',
      {
        payloadType: 'application/json',
        payload: Buffer.from('{"payloadType":"application/json","payload":"e30="}').toString('base64'),
      },
    ],
  ])('refuses %s', (_, envelope) => {
    expect(() => read(JSON.stringify({ ...envelope, signatures: [] }))).toThrow(
      expect.objectContaining({ code: 'PLM_SBOM_INVALID' }),
    );
  });
});
