import { hash } from 'node:crypto';
import { join } from 'node:path';
import { type ErrorCode, PlimsollError, systemErrorCode } from '../../errors.ts';
import { counted } from '../../model/counted.ts';
import { fileSource } from '../container/byte-source.ts';
import { readEnvelope } from '../container/envelope.ts';
import { parseRelease, type Release } from '../trust/release.ts';
import type { StoreContext } from './file-system.ts';
import { type ImportOutcome, type ImportRequest, importBundle } from './import-bundle.ts';
import { compareReleases } from './store-layout.ts';

/** Names read from an inbox: a folder with more is not a hand-over point but an attack or a mistake. */
const ENTRY_LIMIT = 10_000;
/** Bundles tried in one run. */
const CANDIDATE_LIMIT = 100;
/** A file this young that ends early may still be on its way. */
const SETTLED_AFTER = 15 * 60_000;

export type InboxRequest = Omit<ImportRequest, 'file'> & { readonly inbox: string };

type InboxVerdict = 'imported' | 'superseded' | 'quarantined' | 'waiting';

interface InboxEntry {
  readonly file: string;
  readonly verdict: InboxVerdict;
  readonly code?: ErrorCode;
  readonly reason?: string;
}

export interface InboxOutcome {
  readonly imported: readonly ImportOutcome[];
  readonly entries: readonly InboxEntry[];
}

interface Candidate {
  readonly file: string;
  readonly release: Release;
}

/**
 * Imports the best bundle of a folder, for a timer: the highest sequence that verifies; deltas follow once their base is in.
 * What is refused goes to `quarantine/` with its reason, what is used up to `done/`; files that are still being copied
 * (`*.part`, or cut short and young) are left alone, and nothing is moved on a read-only medium.
 */
export function importInbox(request: InboxRequest): InboxOutcome {
  const imported: ImportOutcome[] = [];
  const entries: InboxEntry[] = [];
  const candidates: Candidate[] = [];
  for (const file of listInbox(request.context, request.inbox)) {
    const seen = readCandidate(request.context, request.inbox, file);
    if ('release' in seen) candidates.push(seen);
    else entries.push(seen);
  }
  // Descending: unsigned numbers only choose the order, the import itself decides.
  candidates.sort((left, right) => compareReleases(right.release, left.release));
  let pending = candidates.slice(0, CANDIDATE_LIMIT);
  for (let progress = true; progress; ) {
    progress = false;
    const waiting: Candidate[] = [];
    for (const candidate of pending) {
      const entry = tryImport(request, candidate, imported);
      if (entry.verdict === 'waiting') waiting.push(candidate);
      else entries.push(entry);
      if (entry.verdict === 'imported') progress = true;
    }
    pending = waiting;
  }
  entries.push(...pending.map(({ file }) => waitingEntry(file, 'its base is not here')));
  return { imported, entries: entries.map((entry) => put(request, entry)) };
}

function listInbox({ fs }: StoreContext, inbox: string): readonly string[] {
  const names = readNames(fs, inbox);
  if (names.length > ENTRY_LIMIT) {
    throw new PlimsollError(
      'PLM_LIMIT',
      `the inbox holds ${counted(names.length, 'entry', 'entries')}, ${ENTRY_LIMIT} are allowed`,
      {
        path: inbox,
      },
    );
  }
  return names.filter((name) => name.endsWith('.plb') && !name.startsWith('.')).sort();
}

function readNames(fs: StoreContext['fs'], inbox: string): readonly string[] {
  try {
    return fs.readdirSync(inbox);
  } catch (cause) {
    throw new PlimsollError('PLM_INPUT_UNREADABLE', `the inbox cannot be read (${systemErrorCode(cause)})`, {
      path: inbox,
      cause,
    });
  }
}

function readCandidate(context: StoreContext, inbox: string, file: string): Candidate | InboxEntry {
  try {
    const source = fileSource(context.fs, join(inbox, file));
    try {
      return { file, release: parseRelease(readEnvelope(source).envelope.release) };
    } finally {
      source.close();
    }
  } catch (cause) {
    if (!(cause instanceof PlimsollError)) throw cause;
    if (cause.code === 'PLM_BUNDLE_TRUNCATED' && isYoung(context, join(inbox, file))) {
      return waitingEntry(file, 'it is not complete yet');
    }
    return refusedEntry(file, cause);
  }
}

function isYoung({ fs, now }: StoreContext, path: string): boolean {
  return now() - fs.lstatSync(path).mtimeMs < SETTLED_AFTER;
}

/** Codes that say a file is not needed any more, and nothing against it. */
const SUPERSEDED: ReadonlySet<ErrorCode> = new Set(['PLM_BUNDLE_ROLLBACK']);

/** Codes that stop the run: they are about the store or the trust, not about the file. */
const FATAL: ReadonlySet<ErrorCode> = new Set(['PLM_BUNDLE_STORE', 'PLM_BUNDLE_LOCKED', 'PLM_TRUST_ROOT']);

function tryImport(request: InboxRequest, { file }: Candidate, imported: ImportOutcome[]): InboxEntry {
  const { inbox, ...rest } = request;
  try {
    const outcome = importBundle({ ...rest, file: join(inbox, file) });
    if (outcome.status === 'current') return { file, verdict: 'superseded', reason: 'already current' };
    imported.push(outcome);
    return { file, verdict: 'imported' };
  } catch (cause) {
    if (!(cause instanceof PlimsollError) || FATAL.has(cause.code)) throw cause;
    if (cause.code === 'PLM_BUNDLE_BASE') return waitingEntry(file, cause.message);
    if (SUPERSEDED.has(cause.code)) return { file, verdict: 'superseded', code: cause.code, reason: cause.message };
    return refusedEntry(file, cause);
  }
}

function waitingEntry(file: string, reason: string): InboxEntry {
  return { file, verdict: 'waiting', reason };
}

function refusedEntry(file: string, cause: PlimsollError): InboxEntry {
  return { file, verdict: 'quarantined', code: cause.code, reason: cause.message };
}

const FOLDERS: Readonly<Record<InboxVerdict, string | undefined>> = {
  imported: 'done',
  superseded: 'done',
  quarantined: 'quarantine',
  waiting: undefined,
};

/** Moves a judged file out of the way. A medium that cannot be written keeps it: the entry then says so. */
function put({ context: { fs, now }, inbox }: InboxRequest, entry: InboxEntry): InboxEntry {
  const folder = FOLDERS[entry.verdict];
  if (folder === undefined) return entry;
  try {
    fs.mkdirSync(join(inbox, folder), { recursive: true });
    const target = join(inbox, folder, safeName(entry.file, now()));
    fs.renameSync(join(inbox, entry.file), target);
    if (entry.verdict === 'quarantined') writeReason(fs, `${target}.reason`, entry);
    return entry;
  } catch (cause) {
    const code = systemErrorCode(cause);
    if (code === undefined) throw cause;
    return { ...entry, reason: `${entry.reason ?? entry.verdict}; it could not be moved (${code})` };
  }
}

function writeReason(fs: StoreContext['fs'], path: string, { code, reason }: InboxEntry): void {
  const fd = fs.openSync(path, 'wx', 0o644);
  try {
    fs.writeSync(fd, Buffer.from(`${code}: ${reason}\n`), 0);
  } finally {
    fs.closeSync(fd);
  }
}

/** Never the name it came with: that may hold line breaks, be too long, or meet one that is there. */
function safeName(file: string, now: number): string {
  const readable = file
    .replaceAll(/[^A-Za-z0-9._-]/g, '_')
    .replace(/^[.-]+/, '')
    .slice(0, 80);
  return `${hash('sha256', `${now} ${file}`).slice(0, 8)}-${readable}`;
}
