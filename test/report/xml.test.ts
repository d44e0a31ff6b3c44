import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseXml } from '../../src/report/read-sbom/xml-tree.ts';
import { renderXml, xmlText } from '../../src/report/xml.ts';

describe('xmlText', () => {
  it('escapes what has a meaning in XML, and leaves other ASCII alone', () => {
    const ascii = String.fromCharCode(...Array.from({ length: 95 }, (_, index) => 32 + index));
    expect(xmlText(ascii)).toBe(
      ascii
        .replace('&', '&amp;')
        .replace('"', '&quot;')
        .replace("'", '&apos;')
        .replace('<', '&lt;')
        .replace('>', '&gt;'),
    );
  });

  it('writes line breaks and format characters as references, and what XML cannot hold as U+FFFD', () => {
    expect(xmlText('a\nb\u007f\u202e\u0000\ud800€\u{1f6a2}')).toBe('a&#10;b&#127;&#8238;\ufffd\ufffd€\u{1f6a2}');
  });
});

describe('renderXml', () => {
  it('indents children, leaves undefined attributes out and closes empty elements', () => {
    const children = [
      { name: 'b', attributes: { x: '1', y: undefined, z: 2 } },
      { name: 'c', children: 'a & b' },
      { name: 'd', children: [] },
    ];
    expect(renderXml({ name: 'a', children }, '  ')).toBe(
      '  <a>\n    <b x="1" z="2"/>\n    <c>a &amp; b</c>\n    <d/>\n  </a>\n',
    );
  });

  it('writes any text so that it is read back', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code)), minLength: 1 }),
        (text) => {
          const value = `-${text}-`;
          expect(parseXml(renderXml({ name: 'a', children: value }))).toMatchObject({ name: 'a', text: value });
        },
      ),
    );
  });
});
