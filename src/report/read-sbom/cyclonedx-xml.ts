import type { Fact } from '../sbom/facts.ts';
import { componentRole, componentScope } from './cyclonedx-terms.ts';
import type { SbomComponent, SbomDocument } from './sbom-document.ts';
import { childOf, childText, listOf, type XmlNode } from './xml-tree.ts';

/** A CycloneDX XML document (https://cyclonedx.org/docs/1.6/xml/) from its root element and the version of its namespace. */
export function readCyclonedxXml(root: XmlNode, version: string): SbomDocument {
  const metadata = childOf(root, 'metadata');
  const main = childOf(metadata, 'component');
  const components: SbomComponent[] = main === undefined ? [] : [component(main, facts(metadata), 'image')];
  collect(listOf(root, 'components'), components);
  collect(listOf(main, 'components'), components);
  const dependencies = new Map(
    listOf(root, 'dependencies').map((row): [string, readonly string[]] => [
      row.attributes.get('ref') ?? '',
      row.children.flatMap((child) => (child.name === 'dependency' ? [child.attributes.get('ref') ?? ''] : [])),
    ]),
  );
  return { format: `CycloneDX ${version}`.trim(), components, dependencies };
}

function collect(items: readonly XmlNode[], into: SbomComponent[]): void {
  const pending = [...items].reverse();
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    if (item.name !== 'component') continue;
    into.push(component(item));
    pending.push(...[...listOf(item, 'components')].reverse());
  }
}

function component(item: XmlNode, more: readonly Fact[] = [], role?: 'image'): SbomComponent {
  const group = childText(item, 'group');
  const purl = childText(item, 'purl')?.trim();
  const scope = componentScope(childText(item, 'scope')?.trim());
  return {
    ref: item.attributes.get('bom-ref') ?? '',
    role: role ?? componentRole(item.attributes.get('type')),
    name: childText(item, 'name') ?? '',
    ...(group !== undefined && { group }),
    version: childText(item, 'version') ?? '',
    ...(purl !== undefined && { purl }),
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
