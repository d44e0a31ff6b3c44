import { lines } from '../../bytes/lines.ts';

/** One line of the package list that images without an rpm database carry. */
export interface ManifestRecord {
  readonly name: string;
  /** `version-release`, with the epoch in front where one is stated. */
  readonly version: string;
  readonly vendor: string | undefined;
  readonly epoch: string | undefined;
  readonly architecture: string | undefined;
  readonly sourceRpm: string | undefined;
}

/**
 * `container-manifest-2` of distroless Mariner and Azure Linux images: `rpm -qa` with ten tab-separated columns: name,
 * version-release, install time, build time, vendor, epoch or `(none)`, size, architecture, epoch as number, source rpm
 * (https://github.com/microsoft/azurelinux/blob/3.0/toolkit/docs/formats/imageconfig.md). Never throws.
 */
export function parseManifest(text: string): {
  readonly records: readonly ManifestRecord[];
  readonly damaged: readonly number[];
} {
  const records: ManifestRecord[] = [];
  const damaged: number[] = [];
  let number = 0;
  for (const line of lines(text)) {
    number += 1;
    if (line === '') continue;
    const columns = line.split('\t', 11);
    const [name = '', evr = '', , , vendor, epoch, , architecture, , sourceRpm] = columns;
    if (columns.length < 10 || name === '' || !evr.includes('-')) {
      damaged.push(number);
      continue;
    }
    const stated = epoch !== undefined && /^\d+$/.test(epoch) ? epoch : undefined;
    records.push({
      name,
      version: stated === undefined ? evr : `${stated}:${evr}`,
      vendor: statedText(vendor),
      epoch: stated,
      architecture: statedText(architecture),
      sourceRpm: statedText(sourceRpm),
    });
  }
  return { records, damaged };
}

/** rpm prints `(none)` for a tag that is not there. */
function statedText(column: string | undefined): string | undefined {
  return column === undefined || column === '' || column === '(none)' ? undefined : column;
}
