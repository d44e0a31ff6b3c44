import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BundleReader } from '../../src/match/bundle-reader.ts';
import { AlikeVersions } from '../../src/store/alike-versions.ts';
import type { Component } from '../../src/store/component.ts';
import { componentMatcher } from '../../src/store/match-components.ts';
import { bundleOf } from './archive-content.ts';

function npm(name: string, version: string): Component {
  return { package: { type: 'npm', name, version, purl: `pkg:npm/${name}@${version}` } };
}

const LODASH = { id: 'GHSA-1', ecosystem: 'npm', name: 'lodash', introduced: '2.0.0', fixed: '4.17.21' };

describe('which versions are alike', () => {
  const alike = new AlikeVersions(new BundleReader(bundleOf(1, [LODASH])));
  const keyOf = (version: string): string | undefined => alike.of(npm('lodash', version))?.key;

  it.each([
    ['between two bounds', '2.0.1', '4.17.20', true],
    ['a bound and what follows it', '2.0.0', '2.0.1', false],
    ['below and within', '1.9.9', '2.0.1', false],
    ['within and fixed', '4.17.20', '4.17.22', false],
    ['the fix and what follows it', '4.17.21', '4.17.22', false],
  ])('%s', (_name, left, right, expected) => {
    expect(keyOf(left) === keyOf(right)).toBe(expected);
  });

  it.each([
    ['a version the scheme does not know', npm('lodash', 'latest')],
    ['a package of a distribution', { package: { ...npm('lodash', '1').package, type: 'deb', namespace: 'debian' } }],
    ['a package an OS package owns', { ...npm('lodash', '3.0.0'), owner: npm('node-lodash', '3').package }],
    ['an ecosystem the bundle does not have', { package: { ...npm('lodash', '3.0.0').package, type: 'pypi' } }],
  ])('%s is matched by itself', (_name, component) => {
    expect(alike.of(component)).toBeUndefined();
  });

  it('packages with other properties are not alike', () => {
    const other = npm('lodash', '3.0.0');
    expect(alike.of({ package: { ...other.package, properties: { origin: 'fork' } } })?.key).not.toBe(keyOf('3.0.0'));
  });

  it('packages of which linkers left other functions are not alike', () => {
    const other = npm('lodash', '3.0.0');
    expect(alike.of({ package: { ...other.package, linked: [{ names: '' }] } })?.key).not.toBe(keyOf('3.0.0'));
  });
});

const version = fc
  .tuple(fc.nat(3), fc.nat(2), fc.constantFrom('', '-rc.1', '+build', '.x'))
  .map(([major, minor, rest]) => `${major}.${minor}.0${rest}`);
const type = fc.constantFrom(['npm', 'npm'], ['pypi', 'PyPI'], ['maven', 'Maven'], ['gem', 'RubyGems']);

it('components matched together have the findings that each has alone', () => {
  fc.assert(
    fc.property(
      type,
      fc.array(
        fc.record({
          introduced: version,
          fixed: fc.option(version, { nil: undefined }),
          alias: fc.option(fc.nat(2), { nil: undefined }),
        }),
        { maxLength: 5 },
      ),
      fc.uniqueArray(version, { maxLength: 12 }),
      ([purlType = '', ecosystem = ''], ranges, versions) => {
        const bundle = bundleOf(
          1,
          ranges.map(({ introduced, fixed, alias }, number) => ({
            id: `GHSA-${number}`,
            ecosystem,
            name: 'a',
            introduced,
            ...(fixed === undefined ? {} : { fixed }),
            ...(alias === undefined ? {} : { aliases: [`CVE-2026-100${alias}`] }),
          })),
        );
        const components = versions.map((found) => ({
          package: { type: purlType, name: 'a', version: found, purl: `pkg:${purlType}/a@${found}` },
        }));
        const match = componentMatcher(bundle);
        expect(match(components)).toEqual(components.map((component) => match([component])[0]));
      },
    ),
    { numRuns: 200 },
  );
});
