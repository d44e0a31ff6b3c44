import { createHash, createPublicKey } from 'node:crypto';
import { expect, it } from 'vitest';
import { provenKey } from '../../../src/secrets/keys/proven-key.ts';
import { publicKeyJoins } from '../../../src/secrets/keys/public-digest.ts';

/** RFC 7517 appendix A; RFC 7638 section 3.1 states the thumbprint of the second. */
const EC = {
  kty: 'EC',
  crv: 'P-256',
  x: 'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4',
  y: '4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM',
};
const RSA = {
  e: 'AQAB',
  kty: 'RSA',
  n: [
    '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n',
    '3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zg',
    'dAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFC',
    'ur-kEgU8awapJzKnqDKgw',
  ].join(''),
};

it.each([EC, RSA])('the $kty key of RFC 7517 is known to be published', (key) =>
  expect(provenKey(publicKeyJoins(createPublicKey({ key, format: 'jwk' })), 'json web key').suppressed).toBe(
    'published-test-key',
  ),
);

it('the RSA key is the one of the standard', () =>
  expect(createHash('sha256').update(JSON.stringify(RSA)).digest('base64url')).toBe(
    'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs',
  ));
