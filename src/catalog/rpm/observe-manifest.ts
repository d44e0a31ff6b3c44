import type { FileView, Observation } from '../../detect/detector.ts';
import { databaseDamaged, databaseEmpty, packageFound } from '../../detect/observe.ts';
import { counted } from '../../model/counted.ts';
import { type ManifestRecord, parseManifest } from './parse-manifest.ts';
import { sourceOf } from './to-package.ts';

export function* observeManifest(file: FileView, title: string): Generator<Observation> {
  const { records, damaged } = parseManifest(file.text());
  for (const record of records) yield packageFound(toPackage(record));
  if (damaged.length > 0) {
    yield databaseDamaged(
      `${counted(damaged.length, 'line')} without a package (at line ${damaged.slice(0, 5).join(', ')}): these packages are missing`,
    );
  }
  if (records.length === 0 && damaged.length === 0) yield databaseEmpty(title);
}

function toPackage(record: ManifestRecord): Extract<Observation, { kind: 'package' }>['package'] {
  const source = sourceOf(record.sourceRpm);
  const properties = {
    ...(record.vendor === undefined ? {} : { vendor: record.vendor }),
    ...(record.sourceRpm === undefined ? {} : { sourcerpm: record.sourceRpm }),
  };
  return {
    type: 'rpm',
    ofDistro: true,
    name: record.name,
    version: record.version,
    ...(record.architecture === undefined ? {} : { arch: record.architecture }),
    ...(source === undefined ? {} : { source }),
    ...(record.epoch === undefined ? {} : { qualifiers: { epoch: record.epoch } }),
    ...(Object.keys(properties).length === 0 ? {} : { properties }),
  };
}
