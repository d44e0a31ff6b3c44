import {
  isRecord,
  type JsonRecord,
  ownField,
  parseJson,
  recordField,
  textField,
  textList,
  textMap,
} from '../../bytes/json.ts';
import type { Distro } from '../../model/distro.ts';
import type { ImageReport, LayerReport } from '../../model/image.ts';
import type { Problem } from '../../model/problem.ts';
import { carriedImage, FACT_DEPTH, texts } from './carried-image.ts';
import type { FactMap } from './fact-map.ts';
import type { SbomComponent } from './sbom-document.ts';
import { splitPurl } from './split-purl.ts';

/** The image as our SBOM carried it, or what another tool's document says about its subject. */
export function restoreImage(
  image: SbomComponent | undefined,
  facts: FactMap,
  distro: Distro | undefined,
): ImageReport {
  const carried = carriedImage(facts);
  const record: JsonRecord = carried ?? {};
  const config = recordField(record, 'config') ?? {};
  const platform = recordField(record, 'platform') ?? {};
  const ref = carried === undefined ? subjectRef(image) : textField(carried, 'ref');
  const architecture = textField(platform, 'architecture') ?? purlArchitecture(image) ?? '';
  return {
    ...(ref !== undefined && ref !== '' && { ref }),
    kind: 'sbom',
    ...texts(record, ['manifestDigest']),
    configDigest: textField(record, 'configDigest') ?? '',
    platform: { os: textField(platform, 'os') ?? 'linux', architecture, ...texts(platform, ['variant']) },
    os: operatingSystem(recordField(record, 'os'), distro),
    ...texts(record, ['created']),
    config: {
      ...texts(config, ['user']),
      ports: textList(config, 'ports'),
      envNames: textList(config, 'envNames'),
      labels: textMap(recordField(config, 'labels') ?? {}),
      ...lists(config, ['entrypoint', 'cmd']),
      ...texts(config, ['workingDir']),
      ...lists(config, ['volumes']),
    },
    layers: facts.all('image:layer').flatMap(layerOf),
  };
}

/** The document's subject as an image is referred to: with its version as the tag, unless the name has one or the version is a digest. */
function subjectRef(image: SbomComponent | undefined): string | undefined {
  if (image === undefined || image.name === '' || image.version === '') return image?.name;
  const named = /[:@][^/]*$/.test(image.name) || image.version.includes(':');
  return named ? image.name : `${image.name}:${image.version}`;
}

function operatingSystem(os: JsonRecord | undefined, distro: Distro | undefined): ImageReport['os'] {
  if (os === undefined)
    return {
      id: distro?.id ?? '',
      ...(distro?.versionId !== undefined && { versionId: distro.versionId }),
      prettyName: distro?.prettyName ?? 'unknown',
    };
  const eol = recordField(os, 'eol');
  const date = eol === undefined ? undefined : textField(eol, 'date');
  const properties = recordField(os, 'properties');
  return {
    id: textField(os, 'id') ?? '',
    ...texts(os, ['versionId']),
    prettyName: textField(os, 'prettyName') ?? '',
    ...texts(os, ['codename']),
    ...lists(os, ['idLike']),
    ...(properties !== undefined && { properties: textMap(properties) }),
    ...(eol !== undefined && date !== undefined && { eol: { date, reached: ownField(eol, 'reached') === true } }),
  };
}

function layerOf(text: string): readonly LayerReport[] {
  const layer = parseJson(text, FACT_DEPTH);
  if (!isRecord(layer)) return [];
  const line = ownField(layer, 'dockerfileLine');
  const base = ownField(layer, 'base');
  return [
    {
      index: count(layer, 'index'),
      digest: textField(layer, 'digest') ?? '',
      diffId: textField(layer, 'diffId') ?? '',
      size: count(layer, 'size'),
      uncompressedSize: count(layer, 'uncompressedSize'),
      ...texts(layer, ['compression', 'createdBy']),
      ...(typeof line === 'number' && { dockerfileLine: line }),
      ...(typeof base === 'boolean' && { base }),
      files: count(layer, 'files'),
      hiddenBytes: count(layer, 'hiddenBytes'),
    },
  ];
}

/** The coverage that the run behind the SBOM lost: it is lost to every scan of the SBOM too. */
export function restoreProblems(facts: FactMap): readonly Problem[] {
  return facts.all('problem').flatMap((text): Problem[] => {
    const problem = parseJson(text, FACT_DEPTH);
    const code = isRecord(problem) ? textField(problem, 'code') : undefined;
    if (!isRecord(problem) || code === undefined) return [];
    const layer = ownField(problem, 'layer');
    return [
      {
        code,
        ...(typeof layer === 'number' && { layer }),
        ...texts(problem, ['path']),
        detail: textField(problem, 'detail') ?? '',
      },
    ];
  });
}

function purlArchitecture(image: SbomComponent | undefined): string | undefined {
  return image?.purl === undefined ? undefined : splitPurl(image.purl)?.qualifiers.get('arch');
}

function count(record: JsonRecord, name: string): number {
  const value = ownField(record, name);
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : 0;
}

function lists<K extends string>(record: JsonRecord, names: readonly K[]): Partial<Record<K, readonly string[]>> {
  const fields: Partial<Record<K, readonly string[]>> = {};
  for (const name of names) {
    if (Array.isArray(ownField(record, name))) fields[name] = textList(record, name);
  }
  return fields;
}
