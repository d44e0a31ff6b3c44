import { expect, it } from 'vitest';
import { packageUrl } from '../../src/detect/package-url.ts';

it('puts the epoch of an rpm package into a qualifier, and the distro into the namespace', () => {
  const draft = {
    type: 'rpm',
    ofDistro: true,
    name: 'bash',
    version: '1:5.1-2',
    arch: 'x86_64',
    qualifiers: { epoch: '1' },
  };
  expect(packageUrl(draft, 'rhel')).toBe('pkg:rpm/rhel/bash@5.1-2?arch=x86_64&epoch=1');
});

it('keeps the epoch of a deb package in the version', () => {
  expect(packageUrl({ type: 'deb', ofDistro: true, name: 'zlib1g', version: '1:1.2.13' }, 'debian')).toBe(
    'pkg:deb/debian/zlib1g@1:1.2.13',
  );
});

it.each([
  [{ type: 'maven', name: 'x y', version: '1+2' }, 'pkg:maven/x%20y@1%2B2'],
  [{ type: 'npm', namespace: '@a/b', name: '\ud800?#', version: '' }, 'pkg:npm/%40a/b/%EF%BF%BD%3F%23'],
])('gives an id to what the rules of a type forbid: %j', (draft, expected) => {
  expect(packageUrl(draft, undefined)).toBe(expected);
});
