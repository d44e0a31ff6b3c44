import { PlimsollError } from '../../errors.ts';
import { encodeCanonical, type Json, parseCanonical } from '../canonical-json.ts';
import { sha256Hex } from '../content-id.ts';
import { DocumentReader } from '../document.ts';
import { replaceFile } from './durable-write.ts';
import type { FileSystem } from './file-system.ts';
import type { StorePaths } from './store-layout.ts';

const EVENTS = ['import', 'rollback'] as const;

/** One line of `audit.jsonl`. `previous` is the SHA-256 of the line before: a line cannot be taken out unseen. */
export interface AuditEntry {
  readonly at: string;
  readonly event: (typeof EVENTS)[number];
  readonly epoch: number;
  readonly sequence: number;
  readonly contentId: string;
  readonly builtAt: string;
  readonly channel: string;
}

export interface AuditLog {
  readonly entries: readonly AuditEntry[];
  /** False where a line is damaged or does not follow the one before it. */
  readonly whole: boolean;
  /** Digest of the last line. */
  readonly head: string;
}

const START = '0'.repeat(64);

/** Reads every line that is one; `whole` tells whether they form an unbroken chain. */
export function readAuditLog(fs: FileSystem, paths: StorePaths): AuditLog {
  const entries: AuditEntry[] = [];
  let head = START;
  let whole = true;
  for (const line of readText(fs, paths).split('\n')) {
    if (line === '') continue;
    const read = parseLine(line);
    if (read === undefined || read.previous !== head) whole = false;
    if (read !== undefined) entries.push(read.entry);
    head = sha256Hex(Buffer.from(line));
  }
  return { entries, whole, head };
}

function readText(fs: FileSystem, paths: StorePaths): string {
  return fs.existsSync(paths.audit) ? fs.readFileSync(paths.audit, 'utf8') : '';
}

function parseLine(line: string): { readonly entry: AuditEntry; readonly previous: string } | undefined {
  try {
    const fields = new DocumentReader(parseCanonical(Buffer.from(line), 'an audit line'), 'an audit line');
    const event = EVENTS.find((known) => known === fields.text('event'));
    if (event === undefined) return undefined;
    const entry = {
      at: fields.time('at'),
      event,
      epoch: fields.integer('epoch'),
      sequence: fields.integer('sequence'),
      contentId: fields.text('contentId'),
      builtAt: fields.time('builtAt'),
      channel: fields.text('channel'),
    };
    return { entry, previous: fields.text('previous') };
  } catch (cause) {
    if (cause instanceof PlimsollError) return undefined;
    throw cause;
  }
}

/** Adds a line. The small file is replaced whole, so that no crash leaves half a line. */
export function appendAudit(fs: FileSystem, paths: StorePaths, entry: AuditEntry): void {
  const text = readText(fs, paths);
  const line: Json = { ...entry, previous: readAuditLog(fs, paths).head };
  const gap = text === '' || text.endsWith('\n') ? '' : '\n';
  replaceFile(fs, paths.audit, Buffer.concat([Buffer.from(text + gap), encodeCanonical(line), Buffer.from('\n')]));
}
