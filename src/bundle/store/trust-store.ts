import { join } from 'node:path';
import { PlimsollError, systemErrorCode } from '../../errors.ts';
import { encodeCanonical, parseCanonical } from '../canonical-json.ts';
import { DocumentReader, SHA256_HEX } from '../document.ts';
import { parseSignedDocument, signedDocumentJson } from '../trust/dsse.ts';
import { parseRoot } from '../trust/root.ts';
import type { RootRecord } from '../trust/root-chain.ts';
import { replaceFile } from './durable-write.ts';
import type { FileSystem } from './file-system.ts';
import type { StorePaths } from './store-layout.ts';

const ROOT_FILE = /^(\d{1,9})\.json$/;

/** Accepted roots of a store, oldest first; empty for a store that trusts nobody yet. Throws PLM_TRUST_ROOT. */
export function readTrustedRoots(fs: FileSystem, paths: StorePaths): readonly RootRecord[] {
  if (!fs.existsSync(paths.roots)) return [];
  const versions = fs
    .readdirSync(paths.roots)
    .flatMap((name) => ROOT_FILE.exec(name)?.[1] ?? [])
    .map(Number);
  return versions
    .sort((left, right) => left - right)
    .map((version) => readRoot(fs, join(paths.roots, `${version}.json`)));
}

function readRoot(fs: FileSystem, path: string): RootRecord {
  try {
    const document = parseSignedDocument(parseCanonical(fs.readFileSync(path), 'the root'), 'the root');
    return { root: parseRoot(document), document };
  } catch (cause) {
    const reason = cause instanceof PlimsollError ? cause.message : systemErrorCode(cause);
    if (reason === undefined) throw cause;
    throw new PlimsollError('PLM_TRUST_ROOT', `the store's root cannot be read: ${reason}`, { path, cause });
  }
}

/** Keeps roots, each safely on disk before the next. */
export function keepRoots(fs: FileSystem, paths: StorePaths, roots: readonly RootRecord[]): void {
  if (roots.length === 0) return;
  fs.mkdirSync(paths.roots, { recursive: true });
  for (const { root, document } of roots) {
    replaceFile(fs, join(paths.roots, `${root.version}.json`), encodeCanonical(signedDocumentJson(document)));
  }
}

/** What a store remembers against rollback and wrong clocks. */
export interface TrustState {
  readonly channel: string;
  readonly epoch: number;
  readonly sequence: number;
  readonly contentId: string;
  /** Newest `builtAt` of any accepted release: time cannot be earlier. */
  readonly floor: string;
}

/** The state, or undefined where the file is missing or damaged: the audit chain and the installed bundle stand in for it. */
export function readTrustState(fs: FileSystem, paths: StorePaths): TrustState | undefined {
  if (!fs.existsSync(paths.state)) return undefined;
  try {
    const fields = new DocumentReader(
      parseCanonical(fs.readFileSync(paths.state), 'the trust state'),
      'the trust state',
    );
    return {
      channel: fields.text('channel'),
      epoch: fields.integer('epoch', 1),
      sequence: fields.integer('sequence'),
      contentId: fields.text('contentId', SHA256_HEX),
      floor: fields.time('floor'),
    };
  } catch (cause) {
    if (cause instanceof PlimsollError) return undefined;
    throw cause;
  }
}

/** Replaces what a store remembers of its highest release. */
export function writeTrustState(fs: FileSystem, paths: StorePaths, state: TrustState): void {
  fs.mkdirSync(paths.trust, { recursive: true });
  replaceFile(fs, paths.state, encodeCanonical({ ...state }));
}
