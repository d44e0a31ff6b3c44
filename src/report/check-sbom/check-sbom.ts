import type { SbomComponent, SbomDocument } from '../read-sbom/sbom-document.ts';
import type { SbomElement, SbomStandard } from './standards.ts';

/** How much of one element an SBOM states. */
export interface ElementResult {
  readonly element: string;
  /** Components (or the document, as one) that state it, of how many. */
  readonly stated: number;
  readonly of: number;
  /** The others, as people name them, sorted; none for an element of the document. */
  readonly missing: readonly string[];
}

/** What an SBOM states of what a standard asks, in the standard's order. */
export function checkSbom(document: SbomDocument, { elements }: SbomStandard): readonly ElementResult[] {
  const components = document.components.filter((item) => isSoftware(item, document));
  return elements.map((element) => resultOf(element, components, document));
}

function resultOf(element: SbomElement, components: readonly SbomComponent[], document: SbomDocument): ElementResult {
  if (element.of === 'document')
    return { element: element.name, stated: element.isStated(document) ? 1 : 0, of: 1, missing: [] };
  const missing = components.filter((component) => !element.isStated(component, document));
  return {
    element: element.name,
    stated: components.length - missing.length,
    of: components.length,
    missing: missing.map(componentName).sort(),
  };
}

/** CycloneDX lists files and data as components too; of SPDX every package counts but the sources others were built from. */
function isSoftware({ role }: SbomComponent, { format }: SbomDocument): boolean {
  return format.startsWith('SPDX') ? role !== 'source' : role !== 'other';
}

function componentName({ purl, group, name, version, ref }: SbomComponent): string {
  if (purl !== undefined) return purl;
  const label = group === undefined || group === '' ? name : `${group}/${name}`;
  return label === '' ? ref : `${label} ${version}`.trimEnd();
}

/** Names of the elements that less than this percentage of what should state them does; 100 asks for all. Of nothing, nothing is stated. */
export function elementsBelow(results: readonly ElementResult[], percentage: number): readonly string[] {
  return results.filter(({ stated, of }) => stated * 100 < percentage * Math.max(of, 1)).map(({ element }) => element);
}
