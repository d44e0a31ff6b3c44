import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonFields, jsonItems, jsonPiece, jsonValues } from '../../src/bytes/json-pieces.ts';

/** An object put together again from its pieces; undefined where it is malformed on its outside. */
function readFields(text: string, depth = 64): Record<string, unknown> | undefined {
  const bytes = Buffer.from(text);
  const document = jsonFields(bytes, 0, depth);
  if (document === undefined || document.end !== bytes.length) return undefined;
  return Object.fromEntries([...document.fields].map(([name, span]) => [name, jsonPiece(bytes, span)]));
}

describe('the fields of an object', () => {
  it('are those of JSON.parse, whatever white space stands between', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom('', ' ', '\n\t'), (object, space) => {
        const text = JSON.stringify(object, null, space);
        expect(JSON.stringify(readFields(`${space}${text}${space}`))).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  it('never throw, and are none where JSON.parse takes nothing', () => {
    const part = fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '\\', 'a', '1', ' ', '"a":');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const text = `{${parts.join('')}`;
        const fields = readFields(text);
        const isWhole = fields !== undefined && Object.values(fields).every((value) => value !== undefined);
        expect(isWhole).toBe(isObject(text));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['nest too deep', '{"a":[[[]]]}', 3],
    ['are cut off', '{"a":1', 9],
    ['have no value', '{"a":}', 9],
    ['lack a colon', '{"a" 1}', 9],
    ['are followed by more', '{"a":1}{', 9],
    ['are more than a document has', `{${Array.from({ length: 1001 }, (_, number) => `"${number}":1`).join(',')}}`, 9],
  ])('are none where they %s', (_, text, depth) => {
    expect(readFields(text, depth)).toBeUndefined();
  });
});

function isObject(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('the items of a list', () => {
  it('are those of JSON.parse', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (list) => {
        const bytes = Buffer.from(JSON.stringify(list, null, 1));
        const items = [...jsonItems(bytes, { start: 0, end: bytes.length })].map((span) => jsonPiece(bytes, span));
        expect(JSON.stringify(items)).toBe(JSON.stringify(list));
      }),
    );
  });
});

it('counts values without those in texts', () => {
  const bytes = Buffer.from('{"a":[1,2,{}],"b":"[,{\\",["}');
  expect(jsonValues(bytes, { start: 0, end: bytes.length })).toBe(7);
});
