import type { Advisory, AffectedPackage } from '../../src/model/advisory.ts';
import type { Package } from '../../src/model/package.ts';

/** An advisory that names one flaw in one package; everything can be replaced. */
export function advisory(fields: Partial<Advisory> & { readonly id: string }): Advisory {
  return {
    source: 'osv/npm',
    aliases: [],
    related: [],
    upstream: [],
    modified: '2026-01-01T00:00:00Z',
    severity: [],
    cwes: [],
    references: [],
    affected: [],
    ...fields,
  };
}

/** `introduced: 0` until `fixed`. */
export function affectedUntil(ecosystem: string, name: string, fixed: string): AffectedPackage {
  return { ecosystem, name, versions: [], ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }] };
}

/** A package of an image; everything can be replaced. */
export function installed(fields: Partial<Package> & Pick<Package, 'type' | 'name' | 'version'>): Package {
  return {
    id: `pkg:${fields.type}/${fields.name}@${fields.version}`,
    purl: `pkg:${fields.type}/${fields.name}@${fields.version}`,
    licenses: [],
    locations: [{ path: '/db', layer: 0 }],
    state: 'present',
    ...fields,
  };
}
