import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalPath,
  climbsOut,
  decodeName,
  linkTarget,
  parentPath,
  pathDepth,
} from '../../src/archive-formats/entry.ts';

describe('canonicalPath', () => {
  it.each([
    ['etc/passwd', '/etc/passwd'],
    ['./etc//passwd/', '/etc/passwd'],
    ['/etc/./x/../passwd', '/etc/passwd'],
    ['../../etc/passwd', '/etc/passwd'],
    ['.', '/'],
    ['', '/'],
    ['..\\..\\win', '/..\\..\\win'],
    ['.wh..wh..opq', '/.wh..wh..opq'],
  ])('%j is %s', (name, path) => {
    expect(canonicalPath(name)).toBe(path);
  });

  it('is canonical whatever comes in, and stays so', () => {
    const name = fc.array(fc.constantFrom('a', 'b.c', '.', '..', '', ' ', '...')).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(name, (text) => {
        const path = canonicalPath(text);
        expect(path).toMatch(/^\/(?:[^/]+(?:\/[^/]+)*)?$/);
        expect(path.split('/')).not.toContain('..');
        expect(path.split('/')).not.toContain('.');
        expect(canonicalPath(path)).toBe(path);
      }),
    );
  });
});

describe('climbsOut', () => {
  it.each([
    ['a/../b', false],
    ['a/../../b', true],
    ['/..', true],
    ['..a/b', false],
  ])('%j: %s', (name, climbs) => {
    expect(climbsOut(name)).toBe(climbs);
  });
});

describe('decodeName', () => {
  it.each([
    ['UTF-8 as it is', Buffer.from('ok-ünï.txt'), 'ok-ünï.txt'],
    ['a Latin-1 byte as an escape', Buffer.from('caf\xe9.txt', 'latin1'), 'caf\\xe9.txt'],
    ['a broken sequence byte by byte', Buffer.from([0x62, 0xc3, 0x28]), 'b\\xc3('],
    ['an encoded surrogate byte by byte', Buffer.from([0xed, 0xa0, 0x80]), '\\xed\\xa0\\x80'],
    ['a name that looks like an escape with its backslash escaped', Buffer.from('caf\\xe9'), 'caf\\x5cxe9'],
    ['a systemd name as it is', Buffer.from('dev-disk\\x2dby'), 'dev-disk\\x2dby'],
  ])('writes %s', (_name, bytes, text) => {
    expect(decodeName(bytes)).toBe(text);
  });

  it('never gives two names one text', () => {
    const bytes = fc.array(fc.constantFrom(0x5c, 0x78, 0x65, 0x39, 0x35, 0x63, 0xe9, 0xc3, 0xa9, 0x61), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(bytes, bytes, (left, right) => {
        const same = Buffer.from(left).equals(Buffer.from(right));
        expect(decodeName(Uint8Array.from(left)) === decodeName(Uint8Array.from(right))).toBe(same);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('paths', () => {
  it('have a parent without a trailing slash and a depth', () => {
    expect([parentPath('/a/b'), parentPath('/a'), parentPath('/')]).toEqual(['/a', '', '']);
    expect([pathDepth('/'), pathDepth('/a'), pathDepth('/a/b')]).toEqual([0, 1, 2]);
  });

  it('are resolved from the directory of a link, or from the root', () => {
    expect(linkTarget('/usr/lib/x', '../share/y')).toBe('/usr/share/y');
    expect(linkTarget('/usr/lib/x', '/y')).toBe('/y');
    expect(linkTarget('/x', '../../../etc')).toBe('/etc');
  });
});
