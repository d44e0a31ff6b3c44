import { hash } from 'node:crypto';
import { canonicalPath } from '../archive-formats/entry.ts';
import { isRecord, type JsonRecord, textField, textList } from '../bytes/json.ts';
import { PlimsollError } from '../errors.ts';
import type { Limits } from '../limits.ts';
import { type parseDigest, sha256Digest } from '../model/digest.ts';
import type { Candidate, LoadedImage } from './candidate.ts';
import { parseImageConfig } from './image-config.ts';
import { EXPORT_AGAIN, missingBlob, parseDocument, verifyBytes } from './image-document.ts';
import type { ImageFiles } from './image-files.ts';
import type { StatedLayer } from './layer-sources.ts';

/**
 * `docker save` archives with a `manifest.json`: https://github.com/moby/docker-image-spec/blob/main/v1.2.md
 * ("Combined Image JSON + Filesystem Changeset Format"). Undefined where there is none.
 */
export function listDockerImages(files: ImageFiles, limits: Limits): readonly Candidate[] | undefined {
  const bytes = files.read('/manifest.json');
  if (bytes === undefined) return undefined;
  const { value } = parseDocument(bytes, { name: 'manifest.json', location: files.location, limits });
  if (!Array.isArray(value)) throw manifestError(files, 'manifest.json holds no list of images');
  return value.map((entry: unknown) => {
    if (!isRecord(entry)) throw manifestError(files, 'an image in manifest.json is no JSON object');
    return toCandidate(files, limits, entry);
  });
}

function manifestError(files: ImageFiles, message: string): PlimsollError {
  return new PlimsollError('PLM_IMAGE_MANIFEST', message, { path: files.location, hint: EXPORT_AGAIN });
}

function toCandidate(files: ImageFiles, limits: Limits, entry: JsonRecord): Candidate {
  const configName = textField(entry, 'Config');
  const layerNames = textList(entry, 'Layers');
  return {
    refs: textList(entry, 'RepoTags'),
    platform: undefined,
    identity: `${configName} ${layerNames.join(' ')}`,
    isComplete: true,
    load: () => loadImage(files, limits, { configName, layerNames }),
  };
}

function loadImage(
  files: ImageFiles,
  limits: Limits,
  names: { readonly configName: string | undefined; readonly layerNames: readonly string[] },
): LoadedImage {
  const { configName, layerNames } = names;
  if (configName === undefined) throw manifestError(files, 'an image in manifest.json names no configuration');
  const configBytes = files.read(configName);
  if (configBytes === undefined) throw missingBlob(files, configName, 'image configuration');
  const problems = checkConfigName(files, configName, configBytes);
  return {
    manifestBytes: new Uint8Array(0),
    annotations: {},
    configDigest: sha256Digest(hash('sha256', configBytes)),
    configBytes,
    config: parseImageConfig(configBytes, { location: files.location, limits }),
    layers: layerNames.map((name) => readLayer(files, name)),
    problems,
  };
}

/**
 * The name of the configuration is the digest of its bytes. As a blob that is a promise; as `HEX.json` it is a habit
 * that some writers break, and docker loads such archives.
 */
function checkConfigName(files: ImageFiles, name: string, bytes: Uint8Array): LoadedImage['problems'] {
  const stated = digestInName(name);
  if (stated === undefined) return [];
  try {
    verifyBytes(bytes, stated, { what: 'image configuration', location: files.location });
    return [];
  } catch (error) {
    if (!(error instanceof PlimsollError) || isBlobName(name)) throw error;
    return [{ code: 'PLM_CONFIG_NAME', detail: `${error.message} by its name; the configuration was read as it is` }];
  }
}

function isBlobName(name: string): boolean {
  return canonicalPath(name).startsWith('/blobs/sha256/');
}

/** `blobs/sha256/HEX`, `HEX.json` and `sha256:HEX` name a digest; other names promise nothing. */
function digestInName(name: string): ReturnType<typeof parseDigest> {
  const hex = /(?:^|[/:])([0-9a-f]{64})(?:\.json)?$/.exec(name)?.[1];
  return hex === undefined ? undefined : sha256Digest(hex);
}

function readLayer(files: ImageFiles, name: string): StatedLayer {
  const range = files.find(name);
  if (range === undefined) throw missingBlob(files, name, 'layer');
  const digest = isBlobName(name) ? digestInName(name) : undefined;
  return { range, ...(digest === undefined ? {} : { digest }) };
}
