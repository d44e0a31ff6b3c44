import { unzstd } from '../../archive-formats/unzstd.ts';
import { isRecord, type JsonRecord, parseJson, textField, textList } from '../../bytes/json.ts';
import { lines } from '../../bytes/lines.ts';

const decoder = new TextDecoder();

export interface ChiselPackage {
  readonly name: string;
  readonly version: string;
  readonly architecture: string | undefined;
  /** Digests of the archive it was cut from. */
  readonly hashes: readonly { readonly algorithm: string; readonly value: string }[];
}

interface ChiselFile {
  readonly path: string;
  /** Packages whose slices lay the file down. */
  readonly packages: readonly string[];
  /** Of the content as installed: scripts of a slice may have changed it. */
  readonly sha256: string | undefined;
}

export interface ChiselManifest {
  readonly packages: readonly ChiselPackage[];
  readonly files: readonly ChiselFile[];
  /** Records that the header announces and the file does not hold, and lines that are none. */
  readonly lost: number;
}

/**
 * Reads `manifest.wall`: zstd-compressed JSON lines, the first of which says how many lines there are
 * (https://documentation.ubuntu.com/chisel/en/latest/reference/manifest/). Undefined where it does not decompress.
 */
export function parseChiselManifest(bytes: Uint8Array, maxBytes: number): ChiselManifest | undefined {
  let text: string;
  try {
    text = decoder.decode(unzstd(bytes, maxBytes));
  } catch {
    // Every failure of the decoder means the same here: the manifest is damaged or larger than any real one.
    return undefined;
  }
  const packages: ChiselPackage[] = [];
  const files: ChiselFile[] = [];
  let announced = 0;
  let read = 0;
  for (const line of lines(text)) {
    const record = parseJson(line, 8);
    if (!isRecord(record)) continue;
    if (read === 0) announced = typeof record['count'] === 'number' ? record['count'] : 0;
    read += 1;
    addRecord(record, packages, files);
  }
  return { packages, files, lost: Math.max(0, announced - read) };
}

function addRecord(record: JsonRecord, packages: ChiselPackage[], files: ChiselFile[]): void {
  const kind = textField(record, 'kind');
  const name = textField(record, 'name');
  const version = textField(record, 'version');
  const path = textField(record, 'path');
  if (kind === 'package' && name !== undefined && version !== undefined) {
    packages.push({ name, version, architecture: textField(record, 'arch'), hashes: hashesOf(record) });
  }
  if (kind === 'path' && path?.startsWith('/') === true && !path.endsWith('/')) {
    files.push({
      path,
      packages: [...new Set(textList(record, 'slices').map((slice) => slice.replace(/_[^_]*$/, '')))],
      sha256: textField(record, 'final_sha256') ?? textField(record, 'sha256'),
    });
  }
}

function hashesOf(record: JsonRecord): ChiselPackage['hashes'] {
  return ['sha256', 'sha384', 'sha512'].flatMap((algorithm) => {
    const value = textField(record, algorithm);
    return value === undefined ? [] : [{ algorithm, value }];
  });
}
