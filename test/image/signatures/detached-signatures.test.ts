import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDetachedSignatures } from '../../../src/image/signatures/detached-signatures.ts';
import { DEFAULT_LIMITS } from '../../../src/limits.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');

describe('signatures in a file', () => {
  it.each([
    ['nothing', ''],
    ['a text', 'hello\nworld'],
    ['a list', '[]'],
    ['a payload that is no JSON', '{"Base64Signature":"AAAA","Payload":"AAAA"}'],
    ['a payload without a signature', `{"Payload":"${base64({ critical: {} })}"}`],
    ['a bundle without an envelope', '{"messageSignature":{"signature":1}}'],
    [
      'an envelope without a signature',
      `{"dsseEnvelope":{"payloadType":"application/vnd.in-toto+json","payload":"e30="}}`,
    ],
    ['nesting without end', '['.repeat(100_000)],
  ])('%s holds none', (_, text) => {
    expect(readDetachedSignatures(text, DEFAULT_LIMITS)).toEqual([]);
  });

  it('a statement about two images is a signature of both', () => {
    const payload = {
      predicateType: 'https://sigstore.dev/cosign/sign/v1',
      subject: [{ digest: { sha256: 'a'.repeat(64) } }, { digest: { sha512: 'b'.repeat(128), md5: 'c' } }, 'x'],
    };
    const bundle = {
      dsseEnvelope: {
        payloadType: 'application/vnd.in-toto+json',
        payload: base64(payload),
        signatures: [{ sig: 'AAAA' }],
      },
    };
    const found = readDetachedSignatures(JSON.stringify(bundle), DEFAULT_LIMITS);
    expect(found.map((signature) => 'subject' in signature && signature.subject)).toEqual([
      DIGEST,
      `sha512:${'b'.repeat(128)}`,
    ]);
  });

  it('any document is read or holds none', () => {
    const field = fc.oneof(
      fc.json(),
      fc.json().map((text) => Buffer.from(text).toString('base64')),
      fc.string(),
    );
    const document = fc.record(
      {
        Base64Signature: field,
        Payload: field,
        dsseEnvelope: fc.record({
          payloadType: fc.constant('application/vnd.in-toto+json'),
          payload: field,
          signatures: fc.array(fc.record({ sig: field })),
        }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          document.map((value) => JSON.stringify(value)),
          fc.json(),
          fc.string(),
        ),
        (text) => {
          expect(Array.isArray(readDetachedSignatures(text, DEFAULT_LIMITS))).toBe(true);
        },
      ),
    );
  });
});
