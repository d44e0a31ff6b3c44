import { isRecord, type JsonRecord, listField, recordField, textField, textList } from '../../bytes/json.ts';
import type { Fact } from '../sbom/facts.ts';
import { componentRole, componentScope } from './cyclonedx-terms.ts';
import type { SbomComponent, SbomDocument } from './sbom-document.ts';

/** A CycloneDX JSON document (https://cyclonedx.org/docs/1.6/json/), nested components included. */
export function readCyclonedxJson(document: JsonRecord): SbomDocument {
  const metadata = recordField(document, 'metadata');
  const main = metadata === undefined ? undefined : recordField(metadata, 'component');
  const components: SbomComponent[] = main === undefined ? [] : [component(main, componentFacts(metadata), 'image')];
  const nested = new Set<string>();
  collect(listField(document, 'components'), components, nested);
  if (main !== undefined) collect(listField(main, 'components'), components, nested);
  const needs = dependencies(document);
  const created = metadata === undefined ? undefined : textField(metadata, 'timestamp');
  return {
    format: `CycloneDX ${textField(document, 'specVersion') ?? ''}`.trim(),
    components,
    dependencies: needs,
    related: new Set([...nested, ...needs.keys(), ...[...needs.values()].flat()]),
    authors: metadata === undefined ? [] : authors(metadata),
    ...(created !== undefined && { created }),
  };
}

/** Persons, organizations and tools; tools are a list up to 1.4, and components since. */
function authors(metadata: JsonRecord): readonly string[] {
  const tools = recordField(metadata, 'tools');
  const named = [
    ...listField(metadata, 'authors'),
    ...['manufacturer', 'manufacture', 'supplier'].map((field) => metadata[field]),
    ...listField(metadata, 'tools'),
    ...(tools === undefined ? [] : [...listField(tools, 'components'), ...listField(tools, 'services')]),
  ].filter(isRecord);
  return named.map((item) => textField(item, 'name') ?? textField(item, 'email') ?? '').filter((name) => name !== '');
}

/** Depth first with a stack of our own; the depth of the document was limited before. */
function collect(items: readonly unknown[], into: SbomComponent[], nested: Set<string>): void {
  const pending = [...items].reverse();
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    if (!isRecord(item)) continue;
    into.push(component(item));
    for (const child of [...listField(item, 'components')].reverse()) {
      pending.push(child);
      for (const part of [item, child]) if (isRecord(part)) nested.add(textField(part, 'bom-ref') ?? '');
    }
  }
}

function component(item: JsonRecord, more: readonly Fact[] = [], role?: 'image'): SbomComponent {
  const group = textField(item, 'group');
  const purl = textField(item, 'purl');
  const scope = componentScope(textField(item, 'scope'));
  const supplier = organization(item, 'supplier') ?? organization(item, 'manufacturer');
  const copyright = textField(item, 'copyright');
  const swid = recordField(item, 'swid');
  return {
    ref: textField(item, 'bom-ref') ?? '',
    role: role ?? componentRole(textField(item, 'type')),
    name: textField(item, 'name') ?? '',
    ...(group !== undefined && { group }),
    version: textField(item, 'version') ?? '',
    ...(purl !== undefined && { purl }),
    otherIds: [textField(item, 'cpe'), swid && textField(swid, 'tagId')].filter((id) => id !== undefined),
    ...(supplier !== undefined && { supplier }),
    ...(copyright !== undefined && { copyright }),
    licenses: listField(item, 'licenses').flatMap(licence),
    hashes: listField(item, 'hashes').flatMap(hash),
    ...(scope !== undefined && { scope }),
    paths: occurrences(item),
    facts: [...componentFacts(item), ...more],
  };
}

function organization(item: JsonRecord, field: string): string | undefined {
  const value = recordField(item, field);
  return value === undefined ? undefined : textField(value, 'name');
}

function componentFacts(item: JsonRecord | undefined): readonly Fact[] {
  if (item === undefined) return [];
  return listField(item, 'properties').flatMap((property): Fact[] => {
    if (!isRecord(property)) return [];
    const name = textField(property, 'name');
    return name === undefined ? [] : [[name, textField(property, 'value') ?? '']];
  });
}

function licence(choice: unknown): readonly string[] {
  if (!isRecord(choice)) return [];
  const expression = textField(choice, 'expression');
  if (expression !== undefined) return [expression];
  const license = recordField(choice, 'license');
  const text = license === undefined ? undefined : (textField(license, 'id') ?? textField(license, 'name'));
  return text === undefined ? [] : [text];
}

function hash(item: unknown): readonly { readonly algorithm: string; readonly value: string }[] {
  if (!isRecord(item)) return [];
  const algorithm = textField(item, 'alg');
  const value = textField(item, 'content');
  return algorithm === undefined || value === undefined ? [] : [{ algorithm, value }];
}

function occurrences(item: JsonRecord): readonly string[] {
  const evidence = recordField(item, 'evidence');
  if (evidence === undefined) return [];
  return listField(evidence, 'occurrences')
    .flatMap((seen) => (isRecord(seen) ? [textField(seen, 'location') ?? ''] : []))
    .filter((path) => path !== '');
}

function dependencies(document: JsonRecord): ReadonlyMap<string, readonly string[]> {
  const rows = new Map<string, readonly string[]>();
  for (const row of listField(document, 'dependencies')) {
    const ref = isRecord(row) ? textField(row, 'ref') : undefined;
    if (ref !== undefined && isRecord(row)) rows.set(ref, textList(row, 'dependsOn'));
  }
  return rows;
}
