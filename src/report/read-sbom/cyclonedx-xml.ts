import type { Fact } from '../sbom/facts.ts';
import { componentRole, componentScope } from './cyclonedx-terms.ts';
import type { SbomComponent, SbomDocument } from './sbom-document.ts';
import { childOf, childText, listOf, type XmlNode } from './xml-tree.ts';

/** A CycloneDX XML document (https://cyclonedx.org/docs/1.6/xml/) from its root element and the version of its namespace. */
export function readCyclonedxXml(root: XmlNode, version: string): SbomDocument {
  const metadata = childOf(root, 'metadata');
  const main = childOf(metadata, 'component');
  const components: SbomComponent[] = main === undefined ? [] : [component(main, facts(metadata), 'image')];
  const nested = new Set<string>();
  collect(listOf(root, 'components'), components, nested);
  collect(listOf(main, 'components'), components, nested);
  const dependencies = new Map(
    listOf(root, 'dependencies').map((row): [string, readonly string[]] => [
      row.attributes.get('ref') ?? '',
      row.children.flatMap((child) => (child.name === 'dependency' ? [child.attributes.get('ref') ?? ''] : [])),
    ]),
  );
  const created = childText(metadata, 'timestamp');
  return {
    format: `CycloneDX ${version}`.trim(),
    components,
    dependencies,
    related: new Set([...nested, ...dependencies.keys(), ...[...dependencies.values()].flat()]),
    authors: authors(metadata),
    ...(created !== undefined && { created }),
  };
}

function authors(metadata: XmlNode | undefined): readonly string[] {
  const tools = childOf(metadata, 'tools');
  const named = [
    ...listOf(metadata, 'authors'),
    ...['manufacturer', 'manufacture', 'supplier'].map((name) => childOf(metadata, name)),
    ...[tools, childOf(tools, 'components'), childOf(tools, 'services')].flatMap((list) => list?.children ?? []),
  ];
  return named.flatMap((node) => childText(node, 'name') ?? childText(node, 'email') ?? []);
}

function collect(items: readonly XmlNode[], into: SbomComponent[], nested: Set<string>): void {
  const pending = [...items].reverse();
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    if (item.name !== 'component') continue;
    into.push(component(item));
    for (const child of [...listOf(item, 'components')].reverse()) {
      pending.push(child);
      for (const part of [item, child]) nested.add(part.attributes.get('bom-ref') ?? '');
    }
  }
}

function component(item: XmlNode, more: readonly Fact[] = [], role?: 'image'): SbomComponent {
  const group = childText(item, 'group');
  const purl = childText(item, 'purl')?.trim();
  const scope = componentScope(childText(item, 'scope')?.trim());
  const supplier = childText(childOf(item, 'supplier'), 'name') ?? childText(childOf(item, 'manufacturer'), 'name');
  const copyright = childText(item, 'copyright');
  return {
    ref: item.attributes.get('bom-ref') ?? '',
    role: role ?? componentRole(item.attributes.get('type')),
    name: childText(item, 'name') ?? '',
    ...(group !== undefined && { group }),
    version: childText(item, 'version') ?? '',
    ...(purl !== undefined && { purl }),
    otherIds: [childText(item, 'cpe'), childOf(item, 'swid')?.attributes.get('tagId')].filter((id) => id !== undefined),
    ...(supplier !== undefined && { supplier }),
    ...(copyright !== undefined && { copyright }),
    licenses: listOf(item, 'licenses').flatMap(licence),
    hashes: listOf(item, 'hashes').map((hash) => ({
      algorithm: hash.attributes.get('alg') ?? '',
      value: hash.text.trim(),
    })),
    ...(scope !== undefined && { scope }),
    paths: listOf(childOf(item, 'evidence'), 'occurrences').flatMap((seen) => childText(seen, 'location') ?? []),
    facts: [...facts(item), ...more],
  };
}

function facts(item: XmlNode | undefined): readonly Fact[] {
  return listOf(item, 'properties').map((property): Fact => [property.attributes.get('name') ?? '', property.text]);
}

function licence(choice: XmlNode): readonly string[] {
  if (choice.name === 'expression') return [choice.text];
  const text = childText(choice, 'id') ?? childText(choice, 'name');
  return text === undefined ? [] : [text];
}
