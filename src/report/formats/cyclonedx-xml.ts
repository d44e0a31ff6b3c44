import { Serialize } from '@cyclonedx/cyclonedx-library';
import { buildBom, type Composition, type DependencyRow, type SeenComponent } from '../cyclonedx/bom.ts';
import { fileElement } from '../cyclonedx/file-component.ts';
import {
  CYCLONEDX_VERSIONS,
  type CyclonedxVersion,
  cyclonedxVersion,
  occurrenceFields,
  specOf,
} from '../cyclonedx/spec.ts';
import type { ReportFormat, TextSink } from '../format.ts';
import { chained, mapped } from '../iterate.ts';
import { renderXml, type XmlElement, xmlText } from '../xml.ts';

type Normalizers = InstanceType<typeof Serialize.XML.Normalize.Factory>;

/** https://cyclonedx.org/docs/1.6/xml/ */
export const format: ReportFormat = {
  id: 'cyclonedx-xml',
  title: 'CycloneDX bill of materials, XML',
  mediaType: 'application/vnd.cyclonedx+xml',
  versions: CYCLONEDX_VERSIONS,
  write: (analysis, sink, options) => {
    const version = cyclonedxVersion(options.version);
    const bom = buildBom(analysis, options, `cyclonedx-xml@${version}`);
    const normalizers = new Serialize.XML.Normalize.Factory(specOf(version));
    sink.write('<?xml version="1.0" encoding="UTF-8"?>\n');
    sink.write(
      `<bom xmlns="http://cyclonedx.org/schema/bom/${version}" serialNumber="${xmlText(bom.serialNumber)}" version="1">\n`,
    );
    sink.write(renderXml(fromLibrary(normalizers.makeForMetadata().normalize(bom.metadata, {}, 'metadata')), '  '));
    writeList(
      'components',
      chained(
        mapped(bom.components, (seen) => componentElement(seen, normalizers, version)),
        mapped(analysis.files.all ?? [], fileElement),
      ),
      sink,
    );
    writeList('dependencies', mapped(bom.dependencies, dependencyElement), sink);
    writeList('compositions', mapped(bom.compositions, compositionElement), sink);
    const vulnerability = normalizers.makeForVulnerability();
    writeList(
      'vulnerabilities',
      mapped(bom.vulnerabilities, (model) => fromLibrary(vulnerability.normalize(model, {}, 'vulnerability'))),
      sink,
    );
    sink.write('</bom>\n');
  },
};

type LibraryElement = ReturnType<InstanceType<typeof Serialize.XML.Normalize.MetadataNormalizer>['normalize']>;

/** The library's element tree as ours. Comments are not used by it. */
function fromLibrary(element: LibraryElement): XmlElement {
  const { name, attributes, children } = element;
  const base = { name, ...(attributes !== undefined && { attributes }) };
  if (children === undefined) return base;
  if (typeof children === 'string' || typeof children === 'number') return { ...base, children: String(children) };
  return {
    ...base,
    children: [...children].flatMap((child) => (child.type === 'element' ? [fromLibrary(child)] : [])),
  };
}

function componentElement(
  { model, occurrences }: SeenComponent,
  normalizers: Normalizers,
  version: CyclonedxVersion,
): XmlElement {
  const normalized = normalizers.makeForComponent().normalize(model, {}, 'component');
  if (normalized === undefined) throw new Error(`CycloneDX ${version} has no component type ${model.type}`);
  const element = fromLibrary(normalized);
  const fields = occurrenceFields(version);
  if (!fields.occurrences || occurrences.length === 0) return element;
  const seen = occurrences.map(({ path, layer, detector }): XmlElement => {
    const context = `layer ${layer}${detector === undefined ? '' : `, read by ${detector}`}`;
    const children = [{ name: 'location', children: path }];
    return {
      name: 'occurrence',
      children: fields.context ? [...children, { name: 'additionalContext', children: context }] : children,
    };
  });
  const evidence: XmlElement = { name: 'evidence', children: [{ name: 'occurrences', children: seen }] };
  return { ...element, children: [...(Array.isArray(element.children) ? element.children : []), evidence] };
}

function dependencyElement({ ref, dependsOn }: DependencyRow): XmlElement {
  return {
    name: 'dependency',
    attributes: { ref },
    children: dependsOn.map((id) => ({ name: 'dependency', attributes: { ref: id } })),
  };
}

function compositionElement({ aggregate, assemblies, dependencies }: Composition): XmlElement {
  const refs = (name: string, child: string, ids: readonly string[] | undefined): XmlElement[] =>
    ids === undefined ? [] : [{ name, children: ids.map((ref) => ({ name: child, attributes: { ref } })) }];
  return {
    name: 'composition',
    children: [
      { name: 'aggregate', children: aggregate },
      ...refs('assemblies', 'assembly', assemblies),
      ...refs('dependencies', 'dependency', dependencies),
    ],
  };
}

function writeList(name: string, items: Iterable<XmlElement>, sink: TextSink): void {
  let open = false;
  for (const item of items) {
    if (!open) sink.write(`  <${name}>\n`);
    open = true;
    sink.write(renderXml(item, '    '));
  }
  if (open) sink.write(`  </${name}>\n`);
}
