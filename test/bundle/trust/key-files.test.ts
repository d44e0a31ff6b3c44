import { describe, expect, it } from 'vitest';
import { countSigners } from '../../../src/bundle/trust/dsse.ts';
import {
  encodeKeyFile,
  generateSigningKey,
  isEncryptedKeyFile,
  parseKeyFile,
  signDocument,
} from '../../../src/bundle/trust/signing-key.ts';
import { refusalOf } from '../../support/bundle/bundle-lab.ts';

const key = generateSigningKey();
const path = 'release-1.key';

describe('key files', () => {
  it('hold both halves and read back as the same key', () => {
    const text = encodeKeyFile(key);
    expect(text.match(/^-----BEGIN .*$/gm)).toEqual(['-----BEGIN PRIVATE KEY-----', '-----BEGIN PRIVATE KEY-----']);
    expect(parseKeyFile(text, { path }).publicKey.id).toBe(key.publicKey.id);
  });

  it('are encrypted under a pass phrase, and open with nothing else', () => {
    const text = encodeKeyFile(key, 'correct horse');
    expect(isEncryptedKeyFile(text)).toBe(true);
    expect(parseKeyFile(text, { path, passphrase: 'correct horse' }).publicKey.id).toBe(key.publicKey.id);
    expect(refusalOf(() => parseKeyFile(text, { path, passphrase: 'wrong horse' }))).toBe('PLM_TRUST_KEY');
    expect(refusalOf(() => parseKeyFile(text, { path }))).toBe('PLM_TRUST_KEY');
  });

  it.each([
    ['an empty file', ''],
    ['text', 'not a key'],
    ['a damaged block', encodeKeyFile(key).replace(/[A-Z]{3}/, '???')],
    ['two keys of one algorithm', encodeKeyFile(key) + encodeKeyFile(generateSigningKey())],
  ])('refuse %s', (_, text) => {
    expect(refusalOf(() => parseKeyFile(text, { path }))).toBe('PLM_TRUST_KEY');
  });

  it('sign with every half, and twice only in place of the first time', () => {
    const unsigned = { payloadType: 'type', payload: Buffer.from('body'), signatures: [] };
    const signed = signDocument(signDocument(unsigned, key), key);
    expect(signed.signatures.map((signature) => signature.algorithm)).toEqual(['ed25519', 'ml-dsa-65']);
    const role = { keys: [key.publicKey], threshold: 1, algorithms: ['ed25519', 'ml-dsa-65'] as const };
    expect(countSigners(signed, role)).toBe(1);
    expect(countSigners({ ...signed, payload: Buffer.from('bod') }, role)).toBe(0);
    expect(countSigners({ ...signed, payloadType: 'type2' }, role)).toBe(0);
  });
});
