import { createHash, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseImageKey } from '../../../src/image/signatures/image-key.ts';

const pem = ({ publicKey }: ReturnType<typeof generateKeyPairSync>): string =>
  String(publicKey.export({ format: 'pem', type: 'spki' }));

describe('keys of images', () => {
  it('are known by the hash of their SubjectPublicKeyInfo', () => {
    const pair = generateKeyPairSync('ed25519');
    const der = pair.publicKey.export({ format: 'der', type: 'spki' });
    const key = parseImageKey(pem(pair));
    expect(typeof key === 'string' ? key : key.id).toBe(`sha256:${createHash('sha256').update(der).digest('hex')}`);
  });

  const { privateKey } = generateKeyPairSync('ed25519');
  const smallOrder = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.alloc(32)]);
  it.each([
    ['a text', 'hello', 'it holds no public key in PEM (-----BEGIN PUBLIC KEY-----)'],
    [
      'a private key',
      String(privateKey.export({ format: 'pem', type: 'pkcs8' })),
      'it holds no public key in PEM (-----BEGIN PUBLIC KEY-----)',
    ],
    ['a short RSA key', pem(generateKeyPairSync('rsa', { modulusLength: 1024 })), 'RSA keys need 2048 bits'],
    [
      'a curve of no standard for signatures',
      pem(generateKeyPairSync('ec', { namedCurve: 'secp256k1' })),
      'its curve is none of P-256, P-384, P-521',
    ],
    [
      'several keys in one text',
      pem(generateKeyPairSync('ed25519')) + pem(generateKeyPairSync('ed25519')),
      'it holds 2 blocks, and one key is read of a file: give each a file and an option of its own',
    ],
    ['a key for key agreement', pem(generateKeyPairSync('x25519')), 'keys of type x25519 do not sign images'],
    [
      'a point of small order, which signs anything',
      `-----BEGIN PUBLIC KEY-----\n${smallOrder.toString('base64')}\n-----END PUBLIC KEY-----\n`,
      'it is a weak point',
    ],
  ])('are not %s', (_, text, reason) => {
    expect(parseImageKey(text)).toBe(reason);
  });

  it('are not damaged', () => {
    expect(parseImageKey('-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n')).toMatch(/^it is damaged/);
  });
});
