import { expect, it } from 'vitest';
import { assemblePackages } from '../../src/detect/assemble-packages.ts';
import { resolveDependencies } from '../../src/detect/dependencies.ts';
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
