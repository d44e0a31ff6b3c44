import { isRecord, type JsonRecord, listField, textField, textList } from '../../bytes/json.ts';
import { type Fact, readFactLines } from '../sbom/facts.ts';
import type { SbomComponent, SbomDocument, SbomRole } from './sbom-document.ts';

/** An SPDX 3.0 document in JSON-LD (https://spdx.github.io/spdx-spec/v3.0.1/) with the context's short names. */
export function readSpdx3Json(document: JsonRecord): SbomDocument {
  const elements = listField(document, '@graph').filter(isRecord);
  const facts = new Map<string, Fact[]>();
  const dependencies = new Map<string, string[]>();
  const licences = new Map<string, string[]>();
  const related = new Set<string>();
  const names = new Map(
    elements.map((element) => [textField(element, 'spdxId') ?? '', textField(element, 'name') ?? '']),
  );
  const expressions = new Map(elements.flatMap(expressionOf));
  for (const element of elements) {
    const type = textField(element, 'type');
    if (type === 'Annotation')
      append(facts, textField(element, 'subject') ?? '', readFactLines(textField(element, 'statement') ?? ''));
    const relation = textField(element, 'relationshipType');
    const from = textField(element, 'from') ?? '';
    const to = textList(element, 'to');
    if (relation !== undefined) for (const id of [from, ...to]) related.add(id);
    if (relation === 'dependsOn') append(dependencies, from, to);
    if (relation === 'hasDeclaredLicense')
      append(
        licences,
        from,
        to.flatMap((id) => expressions.get(id) ?? []),
      );
  }
  const roots = rootElements(elements);
  const components = elements.flatMap((element): SbomComponent[] =>
    textField(element, 'type') === 'software_Package' ? [component(element, { roots, facts, licences, names })] : [],
  );
  for (const { ref, facts: own } of components) {
    if (!dependencies.has(ref) && own.some(([name]) => name === 'plimsoll:dependencies')) dependencies.set(ref, []);
  }
  const creation = elements.find((element) => textField(element, 'type') === 'CreationInfo') ?? {};
  const created = textField(creation, 'created');
  const makers = [...textList(creation, 'createdBy'), ...textList(creation, 'createdUsing')];
  return {
    format: `SPDX-${textField(creation, 'specVersion') ?? '3.0'}`,
    components,
    dependencies,
    related: new Set([...related, ...roots, ...dependencies.keys()]),
    authors: makers.map((id) => names.get(id) ?? '').filter((name) => name !== ''),
    ...(created !== undefined && { created }),
  };
}

function append<T>(lists: Map<string, T[]>, key: string, items: readonly T[]): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [...items]);
  else for (const item of items) list.push(item);
}

function expressionOf(element: JsonRecord): [string, string][] {
  const expression = textField(element, 'simplelicensing_licenseExpression');
  return expression === undefined ? [] : [[textField(element, 'spdxId') ?? '', expression]];
}

/** What the bills of materials of the document are about. */
function rootElements(elements: readonly JsonRecord[]): ReadonlySet<string> {
  const boms = elements.filter((element) => textField(element, 'type') === 'software_Sbom');
  return new Set(boms.flatMap((element) => textList(element, 'rootElement')));
}

/** What other elements of the graph say about packages, by their ids. */
interface Graph {
  readonly roots: ReadonlySet<string>;
  readonly facts: ReadonlyMap<string, readonly Fact[]>;
  readonly licences: ReadonlyMap<string, readonly string[]>;
  readonly names: ReadonlyMap<string, string>;
}

function component(element: JsonRecord, { roots, facts, licences, names }: Graph): SbomComponent {
  const ref = textField(element, 'spdxId') ?? '';
  const purl = textField(element, 'software_packageUrl') ?? identifiers(element, ['packageUrl'])[0];
  const supplier = names.get(textField(element, 'suppliedBy') ?? '') ?? '';
  const copyright = textField(element, 'software_copyrightText');
  return {
    ref,
    role: roleOf(textField(element, 'software_primaryPurpose'), roots.has(ref), purl),
    name: textField(element, 'name') ?? '',
    version: textField(element, 'software_packageVersion') ?? '',
    ...(purl !== undefined && { purl }),
    otherIds: identifiers(element, ['cpe22', 'cpe23', 'swid', 'swhid', 'gitoid']),
    ...(supplier !== '' && { supplier }),
    ...(copyright !== undefined && { copyright }),
    licenses: licences.get(ref) ?? [],
    hashes: listField(element, 'verifiedUsing').flatMap((hash) =>
      isRecord(hash)
        ? [{ algorithm: textField(hash, 'algorithm') ?? '', value: textField(hash, 'hashValue') ?? '' }]
        : [],
    ),
    paths: [],
    facts: facts.get(ref) ?? [],
  };
}

function identifiers(element: JsonRecord, types: readonly string[]): readonly string[] {
  return listField(element, 'externalIdentifier')
    .filter(isRecord)
    .filter((item) => types.includes(textField(item, 'externalIdentifierType') ?? ''))
    .flatMap((item) => textField(item, 'identifier') ?? []);
}

function roleOf(purpose: string | undefined, root: boolean, purl: string | undefined): SbomRole {
  if (root || purpose === 'container') return 'image';
  if (purpose === 'operatingSystem') return 'os';
  if (purpose === 'source') return 'source';
  return purl === undefined ? 'other' : 'package';
}
