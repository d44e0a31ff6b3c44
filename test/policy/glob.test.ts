import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileGlob, type GlobKind } from '../../src/policy/glob.ts';
import { compilePurlPattern } from '../../src/policy/purl-pattern.ts';

const CASES: readonly (readonly [GlobKind, string, string, boolean])[] = [
  ['path', '/usr/lib/*', '/usr/lib/a.so', true],
  ['path', '/usr/lib/*', '/usr/lib/x/a.so', false],
  ['path', 'usr/**', '/usr/lib/x/a.so', true],
  ['path', '**/*.py', '/a.py', true],
  ['path', '**/*.py', '/x/y/a.py', true],
  ['path', '/a/**/z', '/a/z', true],
  ['path', '/a/**/z', '/a/b/c/z', true],
  ['path', '/a/**/z', '/a/bz', false],
  ['path', '/app/[id].js', '/app/[id].js', true],
  ['path', '/x/*.{js,ts}', '/x/a.ts', true],
  ['path', '/x/?.js', '/x//.js', false],
  ['name', 'CVE-2023-*', 'CVE-2023-1', true],
  ['name', 'CVE-2023-*', 'CVE-2024-1', false],
  ['name', 'prod/*', 'prod/a/b', true],
  ['name', 'a', 'ab', false],
];

describe('globs', () => {
  for (const [kind, pattern, text, expected] of CASES) {
    it(`${kind} ${pattern} ${expected ? 'matches' : 'leaves'} ${text}`, () =>
      expect(compileGlob(pattern, kind)?.matches(text)).toBe(expected));
  }

  it('a text always matches itself where it holds no sign', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 50 }), (text) => {
        fc.pre(!/[*?{}]/.test(text));
        return compileGlob(text, 'name')?.matches(text) === true;
      }),
    );
  });

  it('hundreds of stars do not make it slow', () => {
    expect(compileGlob('a*'.repeat(400), 'name')?.matches(`${'a'.repeat(4000)}b!`)).toBe(true);
    expect(compileGlob(`${'a*'.repeat(400)}c`, 'name')?.matches('a'.repeat(4000))).toBe(false);
  });

  it('refuses what is too long or branches too far', () => {
    expect([
      compileGlob('', 'name'),
      compileGlob('x'.repeat(2000), 'name'),
      compileGlob('{a,b}'.repeat(10), 'name'),
    ]).toEqual([undefined, undefined, undefined]);
  });
});

describe('purl patterns', () => {
  const purl = 'pkg:deb/debian/libstdc%2B%2B6@12.2.0-14?arch=amd64&distro=debian-12';
  for (const [pattern, expected] of [
    ['pkg:deb/debian/libstdc++6', true],
    ['pkg:deb/debian/libstdc%2B%2B6@12.2.0-14', true],
    ['pkg:deb/debian/libstdc*', true],
    ['pkg:deb/*', true],
    ['pkg:deb/debian/libstdc++6@12.3*', false],
    ['pkg:deb/debian/libstdc++6?arch=amd64', true],
    ['pkg:deb/debian/libstdc++6?arch=arm64', false],
    ['pkg:rpm/*', false],
  ] as const) {
    it(`${pattern} ${expected ? 'matches' : 'leaves'} the package`, () =>
      expect(compilePurlPattern(pattern)?.matches(purl)).toBe(expected));
  }

  const spellings: readonly (readonly [string, string, boolean])[] = [
    ['pkg:pypi/Django@2.2', 'pkg:pypi/django@2.2', true],
    ['pkg:pypi/zope.interface*', 'pkg:pypi/zope-interface@5.0', true],
    ['pkg:PyPI/Zope_Interface', 'pkg:pypi/zope.interface@5.0', true],
    ['pkg:golang/github.com/masterminds/semver', 'pkg:golang/github.com/Masterminds/semver@v1.5.0', true],
    ['pkg:nuget/newtonsoft.json', 'pkg:nuget/Newtonsoft.Json@9.0.1', true],
    ['pkg:npm/JSONStream', 'pkg:npm/jsonstream@1.0.3', false],
    ['pkg:maven/org.X/a', 'pkg:maven/org.x/a@1', false],
  ];
  for (const [pattern, given, expected] of spellings)
    it(`${pattern} ${expected ? 'names' : 'is not'} ${given}`, () =>
      expect(compilePurlPattern(pattern)?.matches(given)).toBe(expected));
  it('a text that is no purl is no pattern', () => expect(compilePurlPattern('openssl')).toBeUndefined());
});
