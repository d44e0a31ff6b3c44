import { Serialize } from '@cyclonedx/cyclonedx-library';
import type { Location } from '../../model/evidence.ts';
import { type Bom, buildBom, type SeenComponent } from '../cyclonedx/bom.ts';
import { fileObject } from '../cyclonedx/file-component.ts';
import { CYCLONEDX_VERSIONS, cyclonedxVersion, occurrenceFields, specOf } from '../cyclonedx/spec.ts';
import type { ReportFormat, TextSink } from '../format.ts';
import { chained, mapped } from '../iterate.ts';
import { jsonText } from '../json-text.ts';

/** https://cyclonedx.org/docs/1.6/json/, one list item a line. */
export const format: ReportFormat = {
  id: 'cyclonedx-json',
  title: 'CycloneDX bill of materials, JSON',
  mediaType: 'application/vnd.cyclonedx+json',
  versions: CYCLONEDX_VERSIONS,
  write: (analysis, sink, options) => {
    const version = cyclonedxVersion(options.version);
    const bom = buildBom(analysis, options, `cyclonedx-json@${version}`);
    const normalizers = new Serialize.JSON.Normalize.Factory(specOf(version));
    const fields = occurrenceFields(version);
    const component = ({ model, occurrences }: SeenComponent): object => {
      const normalized = normalizers.makeForComponent().normalize(model, {}) ?? {};
      if (!fields.occurrences || occurrences.length === 0) return normalized;
      return {
        ...normalized,
        evidence: { occurrences: occurrences.map((location) => occurrence(location, fields.context)) },
      };
    };
    const head = {
      $schema: `http://cyclonedx.org/schema/bom-${version}.schema.json`,
      bomFormat: 'CycloneDX',
      specVersion: version,
      serialNumber: bom.serialNumber,
      version: 1,
      metadata: normalizers.makeForMetadata().normalize(bom.metadata, {}),
    };
    sink.write(jsonText(head, 2).slice(0, -2));
    writeList(
      'components',
      chained(mapped(bom.components, component), mapped(analysis.files.all ?? [], fileObject)),
      sink,
    );
    writeList('dependencies', bom.dependencies, sink);
    writeList('compositions', bom.compositions, sink);
    writeVulnerabilities(bom, normalizers, sink);
    sink.write('\n}\n');
  },
};

function writeVulnerabilities(
  bom: Bom,
  normalizers: InstanceType<typeof Serialize.JSON.Normalize.Factory>,
  sink: TextSink,
): void {
  const normalizer = normalizers.makeForVulnerability();
  writeList(
    'vulnerabilities',
    mapped(bom.vulnerabilities, (model) => normalizer.normalize(model, {})),
    sink,
  );
}

function occurrence({ path, layer, detector }: Location, context: boolean): object {
  return {
    location: path,
    additionalContext: context ? `layer ${layer}${detector === undefined ? '' : `, read by ${detector}`}` : undefined,
  };
}

function writeList(name: string, items: Iterable<object>, sink: TextSink): void {
  sink.write(`,\n  "${name}": [`);
  let separator = '\n    ';
  for (const item of items) {
    sink.write(`${separator}${jsonText(item)}`);
    separator = ',\n    ';
  }
  sink.write(separator === '\n    ' ? ']' : '\n  ]');
}
