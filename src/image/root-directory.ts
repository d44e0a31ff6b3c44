import { hash } from 'node:crypto';
import { realpathSync, statSync } from 'node:fs';
import { PlimsollError, systemErrorCode } from '../errors.ts';
import { sha256Digest } from '../model/digest.ts';
import type { ImageConfig } from '../model/image.ts';
import type { OpenedImage } from './opened-image.ts';

/** A root file system, a source folder or a single file as an image of one layer. Throws PLM_INPUT_NOT_FOUND. */
export function openRootDirectory(path: string): OpenedImage {
  const file = resolveRoot(path);
  const empty = new Uint8Array(0);
  return {
    kind: 'directory',
    tags: [],
    configDigest: sha256Digest(hash('sha256', empty)),
    platform: NO_CONFIG.platform,
    config: NO_CONFIG,
    configBytes: empty,
    manifestBytes: empty,
    annotations: {},
    attestations: [],
    layers: [{ index: 0, key: `directory:${file}`, kind: 'directory', file, offset: 0, size: 0 }],
    problems: [],
    close: async () => undefined,
  };
}

function resolveRoot(path: string): string {
  try {
    const file = realpathSync(path);
    const status = statSync(file);
    if (status.isDirectory() || status.isFile()) return file;
  } catch (cause) {
    if (systemErrorCode(cause) === undefined) throw cause;
    throw new PlimsollError('PLM_INPUT_NOT_FOUND', 'no such file or folder', { path, cause });
  }
  throw new PlimsollError('PLM_INPUT_UNREADABLE', 'neither a folder nor a file', { path });
}

/** A folder says nothing about how it would run. */
const NO_CONFIG: ImageConfig = {
  platform: { os: 'linux', architecture: 'unknown' },
  exposedPorts: [],
  env: [],
  labels: {},
  entrypoint: [],
  cmd: [],
  shell: [],
  volumes: [],
  onBuild: [],
  diffIds: [],
  history: [],
};
