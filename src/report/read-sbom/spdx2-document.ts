import { type Fact, readFactLines } from '../sbom/facts.ts';
import type { SbomComponent, SbomDocument, SbomRole } from './sbom-document.ts';

/** A package of SPDX 2.x with the fields that packages are restored from; absent texts are empty. */
export interface Spdx2Package {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly purpose: string;
  readonly licence: string;
  readonly checksums: readonly { readonly algorithm: string; readonly value: string }[];
  readonly references: readonly { readonly type: string; readonly locator: string }[];
  readonly comments: readonly string[];
  readonly sourceInfo: string;
  readonly supplier: string;
  readonly copyright: string;
}

export interface Spdx2Relationship {
  readonly from: string;
  readonly type: string;
  readonly to: string;
}

export interface Spdx2Source {
  readonly version: string;
  readonly packages: readonly Spdx2Package[];
  readonly relationships: readonly Spdx2Relationship[];
  /** Text of a `LicenseRef-` by its id. */
  readonly extracted: ReadonlyMap<string, string>;
  readonly creators: readonly string[];
  readonly created: string;
}

/** The common form of an SPDX 2.x document, whichever way it was written down. */
export function spdx2Document(source: Spdx2Source): SbomDocument {
  const described = new Set(source.relationships.filter(({ type }) => type === 'DESCRIBES').map(({ to }) => to));
  const origins = new Set(source.relationships.filter(({ type }) => type === 'GENERATED_FROM').map(({ to }) => to));
  const dependencies = new Map<string, string[]>();
  for (const { from, type, to } of source.relationships) {
    // Syft writes `a DEPENDENCY_OF b` where others write `b DEPENDS_ON a`.
    const [needing, needed] = type === 'DEPENDS_ON' ? [from, to] : type === 'DEPENDENCY_OF' ? [to, from] : [];
    if (needing === undefined || needed === undefined) continue;
    const row = dependencies.get(needing);
    if (row === undefined) dependencies.set(needing, [needed]);
    else row.push(needed);
  }
  const components = source.packages.map((item): SbomComponent => {
    const read = component(item, described.has(item.id), source.extracted);
    // SPDX 2.2 has no purpose that would say so.
    return read.role === 'other' && origins.has(item.id) ? { ...read, role: 'source' } : read;
  });
  for (const { ref, facts } of components) {
    if (!dependencies.has(ref) && facts.some(([name]) => name === 'plimsoll:dependencies')) dependencies.set(ref, []);
  }
  return {
    format: source.version,
    components,
    dependencies,
    related: new Set([...source.relationships.flatMap(({ from, to }) => [from, to]), ...dependencies.keys()]),
    authors: source.creators,
    ...(source.created !== '' && { created: source.created }),
  };
}

function component(item: Spdx2Package, described: boolean, extracted: ReadonlyMap<string, string>): SbomComponent {
  const purl = item.references.find(({ type }) => type === 'purl')?.locator;
  return {
    ref: item.id,
    role: roleOf(item, described, purl),
    name: item.name,
    version: item.version,
    ...(purl !== undefined && { purl }),
    otherIds: item.references.filter(({ type }) => OTHER_IDS.includes(type)).map(({ locator }) => locator),
    ...stated('supplier', item.supplier),
    ...stated('copyright', item.copyright),
    licenses: licencesOf(item.licence, extracted),
    hashes: item.checksums,
    paths: [],
    facts: item.comments.flatMap(factsOf),
  };
}

const OTHER_IDS = ['cpe22Type', 'cpe23Type', 'swid', 'swh', 'gitoid'];

/** A field that says something: https://spdx.github.io/spdx-spec/v2.3/package-information/ knows two ways of saying nothing. */
function stated(field: 'supplier' | 'copyright', value: string): { readonly [name in typeof field]?: string } {
  return ['', 'NOASSERTION', 'NONE'].includes(value) ? {} : { [field]: value };
}

/** Our annotation, or one line of another tool (`LayerDiffID: sha256:…` of Trivy). */
function factsOf(comment: string): readonly Fact[] {
  const own = readFactLines(comment);
  if (own.length > 0) return own;
  const other = /^([A-Za-z]{1,40}): (.{1,4096})$/.exec(comment);
  return other === null ? [] : [[`aquasecurity:trivy:${other[1] ?? ''}`, other[2] ?? '']];
}

/** Tools before SPDX 2.3 give no purpose: what the document describes is the image, all else with a purl a package. */
function roleOf(item: Spdx2Package, described: boolean, purl: string | undefined): SbomRole {
  const purpose = item.purpose.replace('-', '_');
  if (described || purpose === 'CONTAINER') return 'image';
  if (purpose === 'OPERATING_SYSTEM') return 'os';
  if (purpose === 'SOURCE') return 'source';
  return purl === undefined ? 'other' : 'package';
}

/** The declared licence; an expression of one reference is the text it stands for. */
function licencesOf(declared: string, extracted: ReadonlyMap<string, string>): readonly string[] {
  if (declared === '' || declared === 'NOASSERTION' || declared === 'NONE') return [];
  return [extracted.get(declared) ?? declared];
}
