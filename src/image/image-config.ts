import { isRecord, type JsonRecord, listField, optional, recordField, textField, textList } from '../bytes/json.ts';
import { PlimsollError } from '../errors.ts';
import type { Limits } from '../limits.ts';
import { type Digest, parseDigest } from '../model/digest.ts';
import type { HistoryEntry, ImageConfig } from '../model/image.ts';
import { parseDocument } from './image-document.ts';

/** The image configuration as stored. Throws PLM_IMAGE_CONFIG. */
export function parseImageConfig(
  bytes: Uint8Array,
  options: { readonly location: string; readonly limits: Limits },
): ImageConfig {
  const { value } = parseDocument(bytes, { ...options, name: 'the image configuration', code: 'PLM_IMAGE_CONFIG' });
  return readImageConfig(value, options.location);
}

/**
 * The image configuration of a parsed document (OCI image-spec config.md; docker writes the same fields).
 * Throws PLM_IMAGE_CONFIG where it is no object or states things of the wrong shape that everything hangs on.
 */
export function readImageConfig(document: unknown, location: string): ImageConfig {
  if (!isRecord(document)) throw configError('the image configuration is no JSON object', location);
  const os = textField(document, 'os');
  const architecture = textField(document, 'architecture');
  if (os === undefined || architecture === undefined)
    throw configError('the image configuration names no platform', location);
  const run = recordField(document, 'config') ?? {};
  const variant = textField(document, 'variant');
  return {
    ...optional('created', textField(document, 'created')),
    ...optional('author', textField(document, 'author')),
    platform: { os, architecture, ...(variant === undefined ? {} : { variant }) },
    ...optional('user', textField(run, 'User')),
    ...optional('workingDir', textField(run, 'WorkingDir')),
    exposedPorts: Object.keys(recordField(run, 'ExposedPorts') ?? {}),
    env: textList(run, 'Env').map(splitEnv),
    labels: textRecord(recordField(run, 'Labels')),
    entrypoint: textList(run, 'Entrypoint'),
    cmd: textList(run, 'Cmd'),
    shell: textList(run, 'Shell'),
    volumes: Object.keys(recordField(run, 'Volumes') ?? {}),
    onBuild: textList(run, 'OnBuild'),
    ...optional('stopSignal', textField(run, 'StopSignal')),
    ...healthcheck(run),
    diffIds: readDiffIds(document, location),
    history: listField(document, 'history').filter(isRecord).map(readHistory),
  };
}

function readDiffIds(document: JsonRecord, location: string): readonly Digest[] {
  const rootfs = recordField(document, 'rootfs');
  if (rootfs === undefined) return [];
  return listField(rootfs, 'diff_ids').map((text) => {
    const digest = parseDigest(text);
    if (digest === undefined) throw configError('the image configuration holds a diffID that is no digest', location);
    return digest;
  });
}

function configError(message: string, path: string): PlimsollError {
  return new PlimsollError('PLM_IMAGE_CONFIG', message, {
    path,
    hint: 'the image is damaged; build or export it again',
  });
}

/** One entry of `history` as both registries and docker write it. */
export function readHistory(entry: JsonRecord): HistoryEntry {
  return {
    ...optional('created', textField(entry, 'created')),
    ...optional('createdBy', textField(entry, 'created_by')),
    ...optional('author', textField(entry, 'author')),
    ...optional('comment', textField(entry, 'comment')),
    emptyLayer: entry['empty_layer'] === true,
  };
}

function splitEnv(text: string): { readonly name: string; readonly value: string } {
  const at = text.indexOf('=');
  return at < 0 ? { name: text, value: '' } : { name: text.slice(0, at), value: text.slice(at + 1) };
}

function healthcheck(run: JsonRecord): { readonly healthcheck?: readonly string[] } {
  const check = recordField(run, 'Healthcheck');
  const test = check === undefined ? [] : textList(check, 'Test');
  return test.length === 0 ? {} : { healthcheck: test };
}

/** The text fields of an object; a null prototype keeps names such as `__proto__` plain. */
export function textRecord(record: JsonRecord | undefined): Readonly<Record<string, string>> {
  const result: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(record ?? {})) {
    if (typeof value === 'string') result[name] = value;
  }
  return result;
}
