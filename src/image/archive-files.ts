import { closeSync, fstatSync, openSync } from 'node:fs';
import { canonicalPath, linkTarget } from '../archive-formats/entry.ts';
import { listTar, readAt, type TarMember, TarTruncated, TooManyMembers } from '../archive-formats/tar-directory.ts';
import { TarError } from '../archive-formats/tar-header.ts';
import { PlimsollError } from '../errors.ts';
import type { Limits } from '../limits.ts';
import type { FileRange, ImageFiles } from './image-files.ts';

export interface ArchiveFilesOptions {
  readonly limits: Limits;
  /** What the user named, for messages. */
  readonly location: string;
  /** Called by `close`, after the file was closed. */
  readonly onClose?: () => Promise<void>;
}

/**
 * The members of a tar file as unpacking it would leave them: where a name occurs twice the last one counts, a hard link
 * keeps the file that it was made to, and nothing lies below what is no folder. Throws what a damaged archive deserves.
 */
export function openArchive(file: string, options: ArchiveFilesOptions): ImageFiles {
  const descriptor = openSync(file, 'r');
  try {
    const members = readMembers(descriptor, options);
    return new ArchiveFiles(file, descriptor, members, options);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

function readMembers(descriptor: number, options: ArchiveFilesOptions): Map<string, TarMember> {
  const { limits, location: path } = options;
  const members = new Map<string, TarMember>();
  const { size } = fstatSync(descriptor);
  if (size === 0) {
    const [what, hint] =
      path === '-'
        ? ['standard input', 'pipe an image in: docker save IMAGE | plimsoll scan -']
        : ['the file', 'export the image again'];
    throw new PlimsollError('PLM_INPUT_UNKNOWN', `${what} is empty`, { path, hint });
  }
  try {
    // names that break a limit cannot be those of blobs or manifests; what needs them is reported as missing
    for (const member of listTar(descriptor, { limits, size, problem: () => undefined }))
      members.set(member.path, member.kind === 'hardLink' ? (members.get(member.link) ?? member) : member);
  } catch (cause) {
    if (cause instanceof TooManyMembers) {
      throw new PlimsollError('PLM_LIMIT', `the archive holds more than ${limits.archiveEntries} entries`, {
        path,
        hint: 'raise it with --limit archiveEntries=N',
      });
    }
    if (!(cause instanceof TarError)) throw cause;
    if (cause instanceof TarTruncated && size >= FIRST_BLOCK) {
      throw new PlimsollError('PLM_INPUT_TRUNCATED', 'the archive is cut off', {
        path,
        hint: 'copy or export it again',
        cause,
      });
    }
    const code = members.size === 0 ? 'PLM_INPUT_UNKNOWN' : 'PLM_INPUT_TRUNCATED';
    const message =
      members.size === 0
        ? 'neither a tar archive nor anything else that holds an image'
        : `the archive is damaged: ${cause.message}`;
    throw new PlimsollError(code, message, {
      path,
      hint: 'give an OCI or docker archive, an OCI layout folder, dir:PATH or sbom:PATH',
      cause,
    });
  }
  return members;
}

const FIRST_BLOCK = 512;

class ArchiveFiles implements ImageFiles {
  readonly location: string;
  readonly isFolder = false;
  readonly #file: string;
  readonly #members: ReadonlyMap<string, TarMember>;
  readonly #limits: Limits;
  readonly #onClose: (() => Promise<void>) | undefined;
  #descriptor: number | undefined;

  constructor(file: string, descriptor: number, members: ReadonlyMap<string, TarMember>, options: ArchiveFilesOptions) {
    this.location = options.location;
    this.#file = file;
    this.#descriptor = descriptor;
    this.#members = members;
    this.#limits = options.limits;
    this.#onClose = options.onClose;
  }

  find(path: string): FileRange | undefined {
    let wanted = canonicalPath(path);
    for (let hop = 0; hop <= this.#limits.symlinkHops; hop += 1) {
      const member = this.#members.get(wanted);
      if (member === undefined || this.#isBelowFile(wanted)) return undefined;
      if (member.kind === 'file') return { file: this.#file, offset: member.offset, size: member.size };
      if (member.kind === 'symlink') wanted = linkTarget(wanted, member.link);
      else if (member.kind === 'hardLink') wanted = member.link;
      else return undefined;
    }
    return undefined;
  }

  /** What unpacks the archive either puts such a member elsewhere, through a link, or replaces the folder it is in. */
  #isBelowFile(path: string): boolean {
    for (let cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1)) {
      if ((this.#members.get(path.slice(0, cut))?.kind ?? 'directory') !== 'directory') return true;
    }
    return false;
  }

  read(path: string): Uint8Array | undefined {
    const range = this.find(path);
    if (range === undefined || this.#descriptor === undefined) return undefined;
    if (range.size > this.#limits.manifestBytes) throw tooLarge(this.location, path, this.#limits);
    return readAt(this.#descriptor, range.offset, range.size);
  }

  names(folder: string): readonly string[] {
    const start = `${canonicalPath(folder)}/`;
    const below = [...this.#members.keys()].filter((path) => path.startsWith(start));
    return below
      .map((path) => path.slice(start.length))
      .filter((name) => !name.includes('/'))
      .sort();
  }

  async close(): Promise<void> {
    if (this.#descriptor === undefined) return;
    closeSync(this.#descriptor);
    this.#descriptor = undefined;
    await this.#onClose?.();
  }
}

/** The refusal of a document that is too large to be read whole. */
export function tooLarge(location: string, path: string, limits: Limits): PlimsollError {
  return new PlimsollError('PLM_LIMIT', `${path} is larger than ${limits.manifestBytes} bytes`, {
    path: location,
    hint: 'raise it with --limit manifestBytes=N',
  });
}
