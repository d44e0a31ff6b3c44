import type { Vulnerability } from '../model/finding.ts';

/** A finding without what belongs to the image: place, state, base layer. EPSS changes daily and is read when asked for. */
export type ComponentFinding = Omit<Vulnerability, 'packageId' | 'layer' | 'state' | 'inBase' | 'epss'>;

/** The part of a finding that belongs to the component. */
export function componentFinding(finding: Vulnerability): ComponentFinding {
  const { packageId: _package, layer: _layer, state: _state, inBase: _base, epss: _epss, ...rest } = finding;
  return rest;
}

/** The texts that all components with the finding share; stored once. */
export type SharedText = Pick<
  ComponentFinding,
  'aliases' | 'cvss' | 'title' | 'published' | 'modified' | 'references' | 'cwes'
>;
export type OwnText = Omit<ComponentFinding, keyof SharedText>;

export function splitFinding(finding: ComponentFinding): { readonly shared: SharedText; readonly own: OwnText } {
  const { aliases, cvss, title, published, modified, references, cwes, ...own } = finding;
  return {
    shared: {
      aliases,
      ...(cvss === undefined ? {} : { cvss }),
      ...(title === undefined ? {} : { title }),
      ...(published === undefined ? {} : { published }),
      ...(modified === undefined ? {} : { modified }),
      ...(references === undefined ? {} : { references }),
      ...(cwes === undefined ? {} : { cwes }),
    },
    own,
  };
}

/** Every id the finding answers to. */
export function findingIds(finding: ComponentFinding): readonly string[] {
  return [...new Set([finding.id, ...finding.aliases, ...finding.advisories.map((advisory) => advisory.id)])];
}
