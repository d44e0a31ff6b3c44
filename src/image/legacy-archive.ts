import { hash } from 'node:crypto';
import { isRecord, type JsonRecord, recordField, textField, textList } from '../bytes/json.ts';
import { PlimsollError } from '../errors.ts';
import type { Limits } from '../limits.ts';
import { sha256Digest } from '../model/digest.ts';
import type { HistoryEntry } from '../model/image.ts';
import type { Candidate, LoadedImage } from './candidate.ts';
import { readImageConfig } from './image-config.ts';
import { EXPORT_AGAIN, missingBlob, parseDocument } from './image-document.ts';
import type { ImageFiles } from './image-files.ts';

/**
 * `docker save` archives from before 1.10: `repositories` names the top layer of each tag, every layer's `json` its
 * parent. https://github.com/moby/docker-image-spec/blob/main/v1.md. Undefined where there is no `repositories`.
 */
export function listLegacyImages(files: ImageFiles, limits: Limits): readonly Candidate[] | undefined {
  const bytes = files.read('/repositories');
  if (bytes === undefined) return undefined;
  const { value } = parseDocument(bytes, { name: 'repositories', location: files.location, limits });
  if (!isRecord(value)) throw manifestError(files, 'the file "repositories" is no JSON object');
  const refsOf = new Map<string, string[]>();
  for (const [repository, tags] of Object.entries(value)) {
    if (!isRecord(tags)) throw manifestError(files, 'the file "repositories" holds no map of tags');
    for (const [tag, top] of Object.entries(tags)) {
      if (typeof top !== 'string') throw manifestError(files, 'a tag in the file "repositories" names no layer');
      refsOf.set(top, [...(refsOf.get(top) ?? []), `${repository}:${tag}`]);
    }
  }
  return [...refsOf].map(([top, refs]) => ({
    refs,
    platform: undefined,
    identity: top,
    isComplete: true,
    load: () => loadImage(files, limits, top),
  }));
}

function manifestError(files: ImageFiles, message: string): PlimsollError {
  return new PlimsollError('PLM_IMAGE_MANIFEST', message, { path: files.location, hint: EXPORT_AGAIN });
}

interface LegacyLayer {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly json: JsonRecord;
}

function loadImage(files: ImageFiles, limits: Limits, top: string): LoadedImage {
  const chain = readChain(files, limits, top);
  const newest = chain.at(-1);
  if (newest === undefined) throw manifestError(files, 'an image without layers');
  const config = readImageConfig({ os: 'linux', ...newest.json }, files.location);
  return {
    manifestBytes: new Uint8Array(0),
    annotations: {},
    configDigest: sha256Digest(hash('sha256', newest.bytes)),
    configBytes: newest.bytes,
    config: { ...config, diffIds: [], history: chain.map(({ json }) => readLegacyHistory(json)) },
    layers: chain.map(({ id }) => {
      const range = files.find(`${id}/layer.tar`);
      if (range === undefined) throw missingBlob(files, `${id}/layer.tar`, 'layer');
      return { range };
    }),
    problems: [],
  };
}

/** The layers from the lowest to `top`. Throws PLM_IMAGE_MANIFEST where parents run in a circle. */
function readChain(files: ImageFiles, limits: Limits, top: string): readonly LegacyLayer[] {
  const chain: LegacyLayer[] = [];
  const seen = new Set<string>();
  for (let id: string | undefined = top; id !== undefined && id !== ''; ) {
    if (seen.has(id)) throw manifestError(files, 'the parents of the layers run in a circle');
    if (seen.size === limits.layers) throw manifestError(files, `an image of more than ${limits.layers} layers`);
    seen.add(id);
    const bytes = files.read(`${id}/json`);
    if (bytes === undefined) throw missingBlob(files, `${id}/json`, 'layer description');
    const { value } = parseDocument(bytes, { name: `${id}/json`, location: files.location, limits });
    if (!isRecord(value)) throw manifestError(files, 'a layer description is no JSON object');
    chain.push({ id, bytes, json: value });
    id = textField(value, 'parent');
  }
  return chain.reverse();
}

function readLegacyHistory(json: JsonRecord): HistoryEntry {
  const created = textField(json, 'created');
  const command = textList(recordField(json, 'container_config') ?? {}, 'Cmd').join(' ');
  return {
    ...(created === undefined ? {} : { created }),
    ...(command === '' ? {} : { createdBy: command }),
    emptyLayer: false,
  };
}
