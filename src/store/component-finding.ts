import type { Vulnerability } from '../model/finding.ts';

/** A finding without what belongs to the image: place, state, base layer. EPSS changes daily and is read when asked for. */
export type ComponentFinding = Omit<Vulnerability, 'packageId' | 'layer' | 'state' | 'inBase' | 'epss'>;

/** The part of a finding that belongs to the component. */
export function componentFinding(finding: Vulnerability): ComponentFinding {
  const { packageId: _package, layer: _layer, state: _state, inBase: _base, epss: _epss, ...rest } = finding;
  return rest;
}

/** What all components with the finding share; stored once. */
export type SharedPart = Omit<ComponentFinding, keyof OwnPart>;
/** What depends on the component's version. */
export type OwnPart = Pick<ComponentFinding, 'status' | 'fixedIn' | 'reasons' | 'suppressed'>;

export function splitFinding(finding: ComponentFinding): { readonly shared: SharedPart; readonly own: OwnPart } {
  const { status, fixedIn, reasons, suppressed, ...shared } = finding;
  return { shared, own: { status, fixedIn, reasons, ...(suppressed === undefined ? {} : { suppressed }) } };
}

/** Every id the finding answers to. */
export function findingIds(finding: Pick<ComponentFinding, 'id' | 'aliases' | 'advisories'>): readonly string[] {
  return [...new Set([finding.id, ...finding.aliases, ...finding.advisories.map((advisory) => advisory.id)])];
}
