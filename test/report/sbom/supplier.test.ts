import { describe, expect, it } from 'vitest';
import type { Package } from '../../../src/model/package.ts';
import { isOrganization, supplierName } from '../../../src/report/sbom/supplier.ts';

const item = (fields: Partial<Package>): Package => ({
  id: 'pkg:npm/x@1',
  purl: 'pkg:npm/x@1',
  type: 'npm',
  name: 'x',
  version: '1',
  licenses: [],
  state: 'present',
  locations: [{ path: '/x', layer: 0 }],
  ...fields,
});

describe('supplierName', () => {
  it.each<readonly [string, Partial<Package>, string | undefined, boolean]>([
    ['the vendor', { properties: { vendor: 'Dock', author: 'Ada' } }, 'Dock', true],
    ['the distribution', { type: 'deb', namespace: 'debian', properties: { author: 'Ada' } }, 'debian', true],
    ['the author without address', { properties: { author: '"Ada L." <ada@example.com>, Bo' } }, 'Ada L., Bo', false],
    ['the address alone', { properties: { author: '<ada@example.com>' } }, '<ada@example.com>', false],
    ['nobody', {}, undefined, false],
  ])('is %s', (_, fields, name, organization) => {
    expect([supplierName(item(fields)), isOrganization(item(fields))]).toEqual([name, organization]);
  });
});
