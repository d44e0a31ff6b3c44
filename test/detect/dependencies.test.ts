import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assemblePackages } from '../../src/detect/assemble-packages.ts';
import { resolveDependencies } from '../../src/detect/dependencies.ts';
import { commonDirectory, nearestByPlace } from '../../src/detect/nearest-package.ts';
import { pathHistory } from '../../src/detect/path-history.ts';
import { claim, layerDetections } from './detections-fixture.ts';

function edges(packages: ReturnType<typeof claim>[]): Record<string, readonly string[]> {
  const layers = [layerDetections({ packages })];
  const assembled = assemblePackages(
    layers,
    pathHistory(layers, () => undefined),
    'debian',
  );
  return Object.fromEntries(resolveDependencies(assembled));
}

it('takes the nearest of several packages of one name', () =>
  expect(
    edges([
      claim('/app/node_modules/a/package.json', { name: 'a', version: '1.0.0', dependsOn: ['ms'] }),
      claim('/app/node_modules/a/node_modules/ms/package.json', { name: 'ms', version: '2.0.0' }),
      claim('/app/node_modules/ms/package.json', { name: 'ms', version: '1.0.0' }),
    ]),
  ).toEqual({ 'pkg:npm/a@1.0.0': ['pkg:npm/ms@2.0.0'] }));

it('resolves names that another package provides', () =>
  expect(
    edges([
      claim('/s', { type: 'deb', name: 'mailutils', version: '1', dependsOn: ['default-mta'] }),
      claim('/s', { type: 'deb', name: 'exim4', version: '4', provides: ['default-mta'] }),
    ]),
  ).toEqual({ 'pkg:deb/mailutils@1': ['pkg:deb/exim4@4'] }));

it('leaves out what is not installed', () =>
  expect(edges([claim('/s', { type: 'deb', name: 'a', version: '1', dependsOn: ['b'] })])).toEqual({}));

it('does not mix package types', () =>
  expect(
    edges([
      claim('/s', { type: 'deb', name: 'a', version: '1', dependsOn: ['ms'] }),
      claim('/n', { type: 'npm', name: 'ms', version: '1' }),
    ]),
  ).toEqual({}));

it('takes the nearest of many packages of one name as it does of few', () => {
  const part = fc.constantFrom('a', 'b', 'cc');
  const places = fc.uniqueArray(
    fc.array(part, { maxLength: 5 }).map((parts) => `/${parts.join('/')}`),
    { minLength: 17, maxLength: 60 },
  );
  fc.assert(
    fc.property(places, (paths) => {
      const packages = paths.map((path, index) =>
        claim(`${path}/package.json`, { name: 'ms', version: `1.${index}`, dependsOn: ['ms'] }),
      );
      const layers = [layerDetections({ packages })];
      const assembled = assemblePackages(
        layers,
        pathHistory(layers, () => undefined),
        undefined,
      );
      const search = nearestByPlace(assembled);
      for (const from of assembled) {
        const own = from.package.locations[0].path;
        const lengths = assembled.map((one) => commonDirectory(own, one.package.locations[0].path));
        expect(search(from)).toBe(assembled[lengths.indexOf(Math.max(...lengths))]);
      }
    }),
  );
});
