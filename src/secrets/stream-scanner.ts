import { compareText } from '../bytes/compare-text.ts';
import type { StreamBlock, StreamSpan } from '../layers/layer-consumer.ts';
import type { Limits } from '../limits.ts';
import { counted } from '../model/counted.ts';
import type { ProblemDraft } from '../model/problem.ts';
import { createAnchorSearch, createMemoryAnchorSearch } from '../wasm/anchor-search.ts';
import type { LinearMemory } from '../wasm/load.ts';
import { type HitRange, hitAt, KeptHits } from './anchor-hits.ts';
import { builtInRules } from './built-in-scan.ts';
import type { SecretDraft } from './draft.ts';
import { FileGaps } from './file-gaps.ts';
import { FileStream } from './file-stream.ts';
import { compileOwnRule, type OwnRule } from './own-rules/own-rule.ts';
import { SECRET_RULES } from './registry.generated.ts';
import { compileRules, type RuleSet } from './rule-set.ts';
import { type Scan, scanWhole } from './scan-bytes.ts';
import { settle } from './settle.ts';
import { mayBeUtf16 } from './utf16.ts';

export type { SecretDraft } from './draft.ts';

/** Looks for secrets in one layer while it streams by, or in single files. */
export interface SecretStreamScanner {
  /** Every block of the uncompressed tar in order; the bytes are read during the call only. */
  block(block: StreamBlock, spans: readonly StreamSpan[]): void;
  /** A whole file that is no entry of the layer: a member of an archive, a plain file. */
  scanBytes(path: string, bytes: Uint8Array): void;
  /** What was found, sorted by path and offset. */
  finish(): SecretDraft[];
  /** Files of which a part could not be looked at. */
  problems(): readonly (ProblemDraft & { readonly path: string })[];
}

export interface SecretScannerOptions {
  readonly limits: Limits;
  /** Rules of the user, checked by parseOwnRules. */
  readonly ownRules?: readonly OwnRule[];
  /** Memory that blocks lie in: they are then searched in place. It grows once, so pass it before taking views of it. */
  readonly memory?: LinearMemory;
}

/** A scanner for one layer. Rules and tables are compiled once per thread and memory. */
export function createSecretScanner(options: SecretScannerOptions): SecretStreamScanner {
  const memory = options.memory ?? NO_MEMORY;
  const key = JSON.stringify(options.ownRules ?? []);
  const known = scans.get(memory) ?? new Map<string, Scan>();
  scans.set(memory, known);
  const scan = known.get(key) ?? scanOf(rulesWith(options.ownRules ?? []), options.memory);
  known.set(key, scan);
  return new StreamScanner(scan, options.limits);
}

const NO_MEMORY = {};
const scans = new WeakMap<object, Map<string, Scan>>();

function rulesWith(own: readonly OwnRule[]): RuleSet {
  if (own.length === 0) return builtInRules();
  const compiled = own.map(compileOwnRule).flatMap((rule) => ('refused' in rule ? [] : [rule]));
  return compileRules([...SECRET_RULES, ...compiled]);
}

function scanOf(rules: RuleSet, memory: LinearMemory | undefined): Scan {
  const { literals, placed } = rules;
  return {
    rules,
    search:
      memory === undefined ? createAnchorSearch(literals, placed) : createMemoryAnchorSearch(memory, literals, placed),
  };
}

/** What a finding in an entry's headers is called: path, link target, PAX record or extended attribute. */
export const HEADER_NAME = 'name or attribute';

class StreamScanner implements SecretStreamScanner {
  readonly #scan: Scan;
  readonly #limit: number;
  readonly #drafts: SecretDraft[] = [];
  readonly #problems: (ProblemDraft & { readonly path: string })[] = [];
  /** Findings beyond the limit, and the first file that has some. */
  #lost: { count: number; readonly path: string } | undefined;
  /** Literals in the block. */
  readonly #hits = new KeptHits();
  /** The file that the last block cut. */
  #open: FileStream | undefined;
  /** Headers that the last block cut, and how many of their bytes went by. */
  #openHeader: { readonly file: FileStream; readonly seen: number } | undefined;

  constructor(scan: Scan, { layerSecrets }: Limits) {
    this.#scan = scan;
    this.#limit = layerSecrets;
  }

  block(block: StreamBlock, spans: readonly StreamSpan[]): void {
    const hits = this.#hits;
    hits.take(this.#scan.search.search(block.bytes));
    let next = 0;
    for (const span of spans) {
      const from = hitAt(hits, next, span.start);
      next = hitAt(hits, from, span.end);
      this.#span(block.bytes, span, { hits, from, to: next });
    }
  }

  scanBytes(path: string, bytes: Uint8Array): void {
    const gaps = new FileGaps();
    const sightings = scanWhole(this.#scan, path, bytes, { gaps, depth: 0 });
    if (sightings.length > 0) this.#keep(path, settle(-1, path, sightings));
    for (const problem of gaps.problems()) this.#problems.push({ ...problem, path });
  }

  finish(): SecretDraft[] {
    return this.#drafts.sort(
      (left, right) => compareText(left.path, right.path) || left.entry - right.entry || left.offset - right.offset,
    );
  }

  problems(): readonly (ProblemDraft & { readonly path: string })[] {
    if (this.#lost === undefined) return this.#problems;
    const { count, path } = this.#lost;
    const detail = `${counted(count, 'finding')} here and in files read later, beyond those that are kept of a layer`;
    return [...this.#problems, { path, code: 'PLM_SECRET_LIMIT', detail }];
  }

  #span(bytes: Uint8Array, span: StreamSpan, hits: HitRange): void {
    if (span.kind === 'header') {
      this.#header(bytes, span, hits);
      return;
    }
    if (hits.from === hits.to && span.offset === 0 && span.last && this.#isPlain(bytes, span)) return;
    const continued = span.offset > 0 ? this.#open : undefined;
    const file = continued ?? new FileStream(this.#scan, span.entry, span.path);
    file.feed(bytes, span, hits);
    this.#open = span.last ? undefined : file;
    if (span.last) this.#close(file, span.path);
  }

  /** Headers of an entry: whole in a block, or begun in one (entry not known yet) and continued in the next. */
  #header(bytes: Uint8Array, span: StreamSpan, hits: HitRange): void {
    const ends = span.entry >= 0;
    if (ends && hits.from === hits.to && this.#openHeader === undefined) return;
    const { file, seen } = this.#openHeader ?? { file: new FileStream(this.#scan, span.entry, span.path), seen: 0 };
    file.feed(bytes, { ...span, offset: seen, last: ends }, hits);
    this.#openHeader = ends ? undefined : { file, seen: seen + span.end - span.start };
    if (ends) this.#close(file, span.path, { entry: span.entry, path: span.path, name: HEADER_NAME });
  }

  #close(file: FileStream, path: string, place: Partial<SecretDraft> = {}): void {
    const { drafts, problems } = file.finish();
    this.#keep(
      path,
      drafts.map((draft) => withoutLine({ ...draft, ...place }, place.name !== undefined)),
    );
    for (const problem of problems) this.#problems.push({ ...problem, path });
  }

  #keep(path: string, drafts: readonly SecretDraft[]): void {
    const kept = drafts.slice(0, this.#limit - this.#drafts.length);
    this.#drafts.push(...kept);
    if (kept.length === drafts.length) return;
    this.#lost ??= { count: 0, path };
    this.#lost.count += drafts.length - kept.length;
  }

  /** Whether only literals could make the file worth a look. */
  #isPlain(bytes: Uint8Array, { path, start, end }: StreamSpan): boolean {
    return !mayBeUtf16(bytes, start) && this.#scan.rules.files.rulesFor(path, bytes, start, end).length === 0;
  }
}

/** Headers have no lines. */
function withoutLine(draft: SecretDraft, inHeader: boolean): SecretDraft {
  if (!inHeader) return draft;
  const { line: _line, column: _column, ...rest } = draft;
  return rest;
}
