import type { Judgement, SecretRule } from '../rule.ts';
import { BASE64URL } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { sampleOf } from '../shapes/sample.ts';
import { tokenRule } from '../shapes/token.ts';

const SPECIFICATION = 'https://pypi.org/help/#apitoken';

export const rules: readonly SecretRule[] = [
  upload('pypi-token', 'PyPI upload token', 'pypi-AgEIcHlwaS5vcmc', 'pypi.org'),
  upload('testpypi-token', 'TestPyPI upload token', 'pypi-AgENdGVzdC5weXBp', 'test.pypi.org'),
];

function upload(id: string, title: string, prefix: string, location: string): SecretRule {
  return tokenRule({
    id,
    title,
    specification: SPECIFICATION,
    prefixes: [prefix],
    parts: [run(BASE64URL, 70, 1000)],
    check: judgeMacaroon,
    samples: {
      hits: () => [`password = pypi-${macaroon(location).toString('base64url')}`],
      misses: () => [prefix, `${prefix}short`],
    },
  });
}

/**
 * The token is a macaroon, version 2 (libmacaroons, doc/format.txt): fields of type, length and content that end with a
 * signature of 32 bytes.
 */
function judgeMacaroon(token: string): Judgement {
  const bytes = Buffer.from(token.slice('pypi-'.length), 'base64url');
  let at = 1;
  while (bytes[0] === VERSION && at < bytes.length) {
    const type = bytes[at] ?? 0;
    at++;
    if (type === END) continue;
    const first = bytes[at] ?? 0;
    const length = first < 0x80 ? first : (first & 0x7f) | ((bytes[at + 1] ?? 0) << 7);
    at += first < 0x80 ? 1 : 2;
    if (type === SIGNATURE)
      return length === 32 && at + length <= bytes.length ? { verdict: 'structured', proof: 'macaroon' } : BROKEN;
    at += length;
  }
  return BROKEN;
}

const BROKEN: Judgement = { verdict: 'contextual', proof: 'macaroon does not parse' };
const VERSION = 2;
const END = 0;
const SIGNATURE = 6;

function macaroon(location: string): Buffer {
  const field = (type: number, content: string) =>
    Buffer.concat([Buffer.from([type, content.length]), Buffer.from(content)]);
  const identifier = sampleOf([run(BASE64URL, 36)], 'pypi');
  return Buffer.concat([
    Buffer.from([VERSION]),
    field(1, location),
    field(2, identifier),
    Buffer.from([END]),
    field(2, '{"version": 1}'),
    Buffer.from([END, END]),
    Buffer.from([SIGNATURE, 32]),
    Buffer.from(sampleOf([run(BASE64URL, 32)], 'signature')),
  ]);
}
