import { createHash, type Hash } from 'node:crypto';
import { constants, type Dirent, lstatSync, readdirSync, readlinkSync, type Stats } from 'node:fs';
import { open } from 'node:fs/promises';
import { decodeName } from '../archive-formats/entry.ts';
import type { TarEntry, TarKind } from '../archive-formats/tar-entry.ts';
import { systemErrorCode } from '../errors.ts';
import type { Limits } from '../limits.ts';
import { sha256Digest } from '../model/digest.ts';
import type { LayerIndex } from './layer-index.ts';
import type { LayerPass } from './layer-pass.ts';
import { BLOCK_BYTES } from './pass-memory.ts';
import type { ProblemList } from './problem-list.ts';

type DirectoryContent = Pick<LayerIndex, 'digest' | 'diffId' | 'uncompressedSize' | 'entries'>;

interface DirectoryOptions {
  readonly pass: LayerPass;
  readonly problems: ProblemList;
  readonly limits: Limits;
}

interface Walk extends DirectoryOptions {
  /** Over names, modes, targets and content: the same folder gives the same digest. */
  readonly hash: Hash;
  bytes: number;
}

interface Found {
  /** On this machine, as bytes: names need not be text. */
  readonly host: Buffer;
  /** Canonical, from the root of the walk. */
  readonly path: string;
}

/** Walks a folder (or reads a single file) as if it were a layer. Links are recorded and not followed. */
export async function readDirectory(root: string, options: DirectoryOptions): Promise<DirectoryContent> {
  const walk: Walk = { ...options, hash: createHash('sha256'), bytes: 0 };
  const start = Buffer.from(root);
  const isFolder = lstatSync(start).isDirectory();
  const name = Buffer.from(root.slice(root.lastIndexOf('/') + 1));
  const pending: Found[] = isFolder
    ? listFolder(walk, { host: start, path: '' })
    : [{ host: start, path: `/${decodeName(name)}` }];
  for (let found = pending.pop(); found !== undefined; found = pending.pop()) {
    const status = await visit(walk, found);
    if (status?.isDirectory() === true) for (const inner of listFolder(walk, found)) pending.push(inner);
  }
  const digest = sha256Digest(walk.hash.digest('hex'));
  return { digest, diffId: digest, uncompressedSize: walk.bytes, entries: walk.pass.finish() };
}

const SLASH = Buffer.from('/');

/** What a folder holds, last name first: the walk takes from the end. */
function listFolder(walk: Walk, folder: Found): Found[] {
  const entries = guarded(walk, folder.path, () =>
    readdirSync(folder.host, { withFileTypes: true, encoding: 'buffer' }),
  );
  const names = (entries ?? []).map((entry: Dirent<Buffer>) => entry.name);
  return names
    .sort((left, right) => Buffer.compare(right, left))
    .map((name) => ({ host: Buffer.concat([folder.host, SLASH, name]), path: `${folder.path}/${decodeName(name)}` }));
}

async function visit(walk: Walk, found: Found): Promise<Stats | undefined> {
  const status = guarded(walk, found.path, () => lstatSync(found.host));
  const kind = status === undefined ? undefined : kindOf(status);
  if (status === undefined || kind === undefined) return undefined;
  const link =
    kind === 'symlink' ? guarded(walk, found.path, () => readlinkSync(found.host, { encoding: 'buffer' })) : undefined;
  const entry: TarEntry = {
    path: found.path,
    kind,
    mode: status.mode & 0o7777,
    size: kind === 'file' ? status.size : 0,
    link: link === undefined ? '' : decodeName(link),
  };
  walk.hash.update(`${entry.path}\0${kind}\0${entry.mode}\0${entry.size}\0${entry.link}\0`);
  walk.pass.entry(entry, 0);
  if (kind !== 'file' || status.size === 0) return status;
  if (isHollow(status, walk.limits)) walk.problems.add('PLM_LIMIT', HOLLOW, found.path);
  else await readContent(walk, found, status.size);
  return status;
}

const HOLLOW = 'nearly all of it is holes, more than would be read in reasonable time; its content was not looked at';
/** Unit of `Stats.blocks`, whatever the file system's own is. */
const STAT_BLOCK = 512;

/** Holes are to a folder what a compression bomb is to a layer: a file of 256 GiB may store nothing. */
function isHollow({ size, blocks }: Stats, limits: Limits): boolean {
  return size > limits.ratioFloorBytes && size > blocks * STAT_BLOCK * limits.compressionRatio;
}

/** Sockets exist only while their program runs; they are no part of a file system image. */
function kindOf(status: Stats): TarKind | undefined {
  if (status.isFile()) return 'file';
  if (status.isDirectory()) return 'directory';
  if (status.isSymbolicLink()) return 'symlink';
  if (status.isCharacterDevice()) return 'characterDevice';
  if (status.isBlockDevice()) return 'blockDevice';
  return status.isFIFO() ? 'fifo' : undefined;
}

/** Reads exactly `size` bytes; a file that changed under the reader is reported. */
async function readContent(walk: Walk, found: Found, size: number): Promise<void> {
  let offset = 0;
  try {
    const handle = await open(found.host, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const buffer = Buffer.allocUnsafeSlow(Math.min(size, BLOCK_BYTES));
      while (offset < size) {
        const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, size - offset), offset);
        if (bytesRead === 0) break;
        const chunk = buffer.subarray(0, bytesRead);
        walk.hash.update(chunk);
        walk.pass.pushContent(chunk, offset, offset + bytesRead === size);
        offset += bytesRead;
      }
    } finally {
      await handle.close();
    }
  } catch (error) {
    reportUnreadable(walk, found.path, error);
    return;
  }
  walk.bytes += offset;
  if (offset < size)
    walk.problems.add(
      'PLM_FILE_UNREADABLE',
      'the file became shorter while it was read; it was not looked at whole',
      found.path,
    );
}

function guarded<Result>(walk: Walk, path: string, read: () => Result): Result | undefined {
  try {
    return read();
  } catch (error) {
    reportUnreadable(walk, path, error);
    return undefined;
  }
}

function reportUnreadable(walk: Walk, path: string, error: unknown): void {
  const code = systemErrorCode(error);
  if (code === undefined) throw error;
  walk.problems.add(
    'PLM_FILE_UNREADABLE',
    `it could not be read (${code}) and was not looked at`,
    path === '' ? '/' : path,
  );
}
