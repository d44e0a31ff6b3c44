import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lines, stanzas } from '../../src/bytes/lines.ts';

describe('lines', () => {
  it('ends a line at LF and CRLF alike', () => {
    expect([...lines('a\r\nb\n\nc')]).toEqual(['a', 'b', '', 'c']);
  });

  it('gives nothing for an empty text', () => {
    expect([...lines('')]).toEqual([]);
  });

  it('keeps a CR that ends no line', () => {
    expect([...lines('a\rb\n')]).toEqual(['a\rb']);
  });

  it('loses no other character', () => {
    fc.assert(
      fc.property(
        fc.string(),
        (text) => [...lines(`${text}\n`)].join('\n') === text.replaceAll('\r\n', '\n').replace(/\r$/, ''),
      ),
    );
  });
});

describe('stanzas', () => {
  it('separates at blank lines and needs none at the end', () => {
    const found = [...stanzas('\nPackage: a\nVersion: 1\n\n\nPackage: b')];
    expect(found.map((one) => [one.line, one.get('package'), one.get('Version')])).toEqual([
      [2, 'a', '1'],
      [6, 'b', undefined],
    ]);
  });

  it('joins folded lines', () => {
    const [stanza] = stanzas('Description: short\n long\n .\n  list\nDepends:\n a,\n\tb\n');
    expect(stanza?.get('description')).toBe('short\nlong\n.\n list');
    expect(stanza?.get('depends')).toBe('\na,\nb');
  });

  it('joins any number of continuation lines, and takes what follows them', () => {
    const rows = Array.from({ length: 3000 }, (_, row) => `row ${row}`);
    const [stanza] = stanzas(`Files: first\n${rows.map((row) => ` ${row}\n`).join('')}Size: 1\n more\n`);
    expect(stanza?.get('files')).toBe(['first', ...rows].join('\n'));
    expect(stanza?.all('size')).toEqual(['1\nmore']);
  });

  it('keeps repeated fields', () => {
    const [stanza] = stanzas('Classifier: A\nClassifier: B :: C\n');
    expect(stanza?.get('classifier')).toBe('A');
    expect(stanza?.all('CLASSIFIER')).toEqual(['A', 'B :: C']);
  });

  it('counts lines that are no field and keeps the rest', () => {
    const [stanza] = stanzas(' folded from nothing\nno field here\n: no name\nPackage: a\n');
    expect([stanza?.malformed, stanza?.size, stanza?.get('package')]).toEqual([3, 1, 'a']);
  });

  it('does not mistake a field name for a property of objects', () => {
    const [stanza] = stanzas('__proto__: x\n');
    expect([stanza?.get('constructor'), stanza?.get('__proto__')]).toEqual([undefined, 'x']);
  });
});
