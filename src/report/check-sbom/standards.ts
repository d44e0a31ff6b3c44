import type { SbomComponent, SbomDocument } from '../read-sbom/sbom-document.ts';

/** Something an SBOM should say: of itself, or of every component. */
export type SbomElement =
  | { readonly name: string; readonly of: 'document'; readonly isStated: (document: SbomDocument) => boolean }
  | {
      readonly name: string;
      readonly of: 'component';
      readonly isStated: (component: SbomComponent, document: SbomDocument) => boolean;
    };

export interface SbomStandard {
  readonly title: string;
  readonly specification: string;
  readonly elements: readonly SbomElement[];
}

const NTIA: readonly SbomElement[] = [
  { name: 'author', of: 'document', isStated: ({ authors }) => authors.length > 0 },
  { name: 'timestamp', of: 'document', isStated: ({ created }) => !Number.isNaN(Date.parse(created ?? '')) },
  { name: 'supplier', of: 'component', isStated: ({ supplier = '' }) => supplier.trim() !== '' },
  { name: 'name', of: 'component', isStated: ({ name }) => name.trim() !== '' },
  { name: 'version', of: 'component', isStated: ({ version }) => isSaid(version) },
  {
    name: 'identifier',
    of: 'component',
    isStated: ({ purl, otherIds = [] }) => purl !== undefined || otherIds.length > 0,
  },
  { name: 'relationship', of: 'component', isStated: ({ ref }, { related }) => related.has(ref) },
];

const CISA: readonly SbomElement[] = [
  ...NTIA,
  {
    name: 'primary component',
    of: 'document',
    isStated: ({ components }) => components.some(({ role }) => role === 'image'),
  },
  { name: 'hash', of: 'component', isStated: ({ hashes }) => hashes.length > 0 },
  { name: 'licence', of: 'component', isStated: ({ licenses }) => licenses.some(isSaid) },
  { name: 'copyright', of: 'component', isStated: ({ copyright = '' }) => isSaid(copyright) },
];

/** What an SBOM can be held to. */
export const SBOM_STANDARDS: Readonly<Record<'ntia' | 'cisa', SbomStandard>> = {
  ntia: {
    title: 'NTIA minimum elements (2021)',
    specification: 'https://www.ntia.gov/report/2021/minimum-elements-software-bill-materials-sbom',
    elements: NTIA,
  },
  cisa: {
    title: 'CISA baseline attributes (Framing Software Component Transparency, 2024)',
    specification: 'https://www.cisa.gov/resources-tools/resources/framing-software-component-transparency-2024',
    elements: CISA,
  },
};

function isSaid(text: string): boolean {
  return !['', 'NOASSERTION', 'NONE'].includes(text.trim());
}
