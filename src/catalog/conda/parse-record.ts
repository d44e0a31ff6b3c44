import { isRecord, type JsonRecord, listField, parseJson, recordField, textField, textList } from '../../bytes/json.ts';

/** A package as conda recorded it when it was installed (https://docs.conda.io/projects/conda-build/en/latest/resources/package-spec.html). */
export interface CondaRecord {
  readonly name: string;
  readonly version: string;
  readonly build?: string;
  readonly channel?: string;
  readonly subdir?: string;
  readonly license?: string;
  /** Names in `depends`, versions cut off. */
  readonly depends: readonly string[];
  readonly hashes: readonly { readonly algorithm: string; readonly value: string }[];
  /** Relative to the prefix, with the digest of the file as installed where it is known. */
  readonly files: readonly { readonly path: string; readonly sha256?: string }[];
}

/** A hundred thousand files have five values each: the largest packages have half as many. */
const VALUES = 1_500_000;

/** Undefined where the text is no record with a name and version. */
export function parseRecord(text: string, depth: number): CondaRecord | undefined {
  const document = parseJson(text, depth, VALUES);
  if (!isRecord(document)) return undefined;
  const name = textField(document, 'name');
  const version = textField(document, 'version');
  if (!name || !version) return undefined;
  const optional = (field: string): string | undefined => textField(document, field) || undefined;
  const [build, channel, subdir, license] = ['build', 'channel', 'subdir', 'license'].map(optional);
  return {
    name,
    version,
    ...(build && { build }),
    ...(channel && { channel }),
    ...(subdir && { subdir }),
    ...(license && { license }),
    depends: textList(document, 'depends')
      .map((text) => text.split(' ', 1)[0] ?? '')
      .filter((needed) => needed !== ''),
    hashes: ['md5', 'sha256'].flatMap((algorithm) => {
      const value = optional(algorithm);
      return value !== undefined && /^[0-9a-f]+$/.test(value) ? [{ algorithm, value }] : [];
    }),
    files: filesOf(document),
  };
}

/** `paths_data` has digests; files whose prefix was rewritten have another one than in the package. */
function filesOf(document: JsonRecord): CondaRecord['files'] {
  const paths = listField(recordField(document, 'paths_data') ?? {}, 'paths');
  if (paths.length === 0) return textList(document, 'files').map((path) => ({ path }));
  return paths.flatMap((item) => {
    const path = isRecord(item) ? textField(item, '_path') : undefined;
    if (!isRecord(item) || !path) return [];
    const sha256 = textField(item, 'sha256_in_prefix') ?? textField(item, 'sha256');
    return [sha256 !== undefined && /^[0-9a-f]{64}$/.test(sha256) ? { path, sha256 } : { path }];
  });
}
