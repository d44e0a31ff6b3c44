import { isRecord, type JsonRecord, listField, recordField, textField, textList } from '../../bytes/json.ts';
import type { Fact } from '../sbom/facts.ts';
import { componentRole, componentScope } from './cyclonedx-terms.ts';
import type { SbomComponent, SbomDocument } from './sbom-document.ts';

/** A CycloneDX JSON document (https://cyclonedx.org/docs/1.6/json/), nested components included. */
export function readCyclonedxJson(document: JsonRecord): SbomDocument {
  const metadata = recordField(document, 'metadata');
  const main = metadata === undefined ? undefined : recordField(metadata, 'component');
  const components: SbomComponent[] = main === undefined ? [] : [component(main, componentFacts(metadata), 'image')];
  collect(listField(document, 'components'), components);
  if (main !== undefined) collect(listField(main, 'components'), components);
  return {
    format: `CycloneDX ${textField(document, 'specVersion') ?? ''}`.trim(),
    components,
    dependencies: dependencies(document),
  };
}

/** Depth first with a stack of our own; the depth of the document was limited before. */
function collect(items: readonly unknown[], into: SbomComponent[]): void {
  const pending = [...items].reverse();
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    if (!isRecord(item)) continue;
    into.push(component(item));
    for (const child of [...listField(item, 'components')].reverse()) pending.push(child);
  }
}

function component(item: JsonRecord, more: readonly Fact[] = [], role?: 'image'): SbomComponent {
  const group = textField(item, 'group');
  const purl = textField(item, 'purl');
  const scope = componentScope(textField(item, 'scope'));
  return {
    ref: textField(item, 'bom-ref') ?? '',
    role: role ?? componentRole(textField(item, 'type')),
    name: textField(item, 'name') ?? '',
    ...(group !== undefined && { group }),
    version: textField(item, 'version') ?? '',
    ...(purl !== undefined && { purl }),
    licenses: listField(item, 'licenses').flatMap(licence),
    hashes: listField(item, 'hashes').flatMap(hash),
    ...(scope !== undefined && { scope }),
    paths: occurrences(item),
    facts: [...componentFacts(item), ...more],
  };
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
