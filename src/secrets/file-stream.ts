import { MAX_ANCHOR_BYTES } from '../bytes/anchor-search.ts';
import type { StreamSpan } from '../layers/layer-consumer.ts';
import type { ProblemDraft } from '../model/problem.ts';
import type { HitRange } from './anchor-hits.ts';
import type { SecretDraft } from './draft.ts';
import { FileGaps } from './file-gaps.ts';
import { MAGIC_BYTES } from './file-selection.ts';
import { GrowingBytes } from './growing-bytes.ts';
import { HitBudget } from './hit-budget.ts';
import { MAX_SIGHTINGS, SECRET_FILE_BYTES } from './limits.ts';
import { advance, LineCursor, type LinePosition, START_OF_FILE } from './line-position.ts';
import type { Found, SecretRule } from './rule.ts';
import { inspectFileRules, type Scan, scanWhole, see } from './scan-bytes.ts';
import { settle } from './settle.ts';
import type { FileWindow, Sighting } from './sighting.ts';
import { utf16Kind } from './utf16.ts';

/** A literal, by number, at a byte of the file. */
interface PendingHit {
  readonly literal: number;
  readonly at: number;
}

/**
 * One file as its bytes go by in pieces of any size. Bytes that a rule may still want to see are carried over, so
 * every literal is judged on exactly the same surroundings however the file was cut.
 */
export class FileStream {
  readonly #scan: Scan;
  readonly #entry: number;
  readonly #path: string;
  #sightings: Sighting[] = [];
  #gaps = new FileGaps();
  readonly #budget: HitBudget;
  /** Bytes of the file that went by. */
  #seen = 0;
  /** Carried bytes; their first one is byte `#carryAt` of the file, whose line position is `#carryLine`. */
  readonly #carry = new GrowingBytes();
  #carryAt = 0;
  #carryLine: LinePosition = START_OF_FILE;
  /** Literals whose surroundings have not all gone by, by offset in the file. */
  #pending: PendingHit[] = [];
  /** The file from its begin, where it is read whole; undefined until that is decided, null when it is not. */
  #whole: GrowingBytes | null | undefined;
  #isUtf16 = false;
  /** Who would read the file whole. */
  #readers: readonly string[] = [];

  constructor(scan: Scan, entry: number, path: string) {
    this.#scan = scan;
    this.#budget = new HitBudget(scan.rules.plans, this.#gaps);
    this.#entry = entry;
    this.#path = path;
  }

  /** The next piece and the literals that begin in it, by position in `bytes`. */
  feed(bytes: Uint8Array, span: StreamSpan, hits: HitRange): void {
    if (span.offset === 0 && span.last) this.#feedWhole(bytes, span, hits);
    else this.#feedPiece(bytes, span, hits);
  }

  finish(): { drafts: SecretDraft[]; problems: readonly ProblemDraft[] } {
    const drafts = this.#sightings.length === 0 ? [] : settle(this.#entry, this.#path, this.#sightings);
    return { drafts, problems: this.#gaps.problems() };
  }

  #feedWhole(bytes: Uint8Array, span: StreamSpan, { hits, from, to }: HitRange): void {
    const content = bytes.subarray(span.start, span.end);
    const isUtf16 = span.kind === 'content' && utf16Kind(content) !== undefined;
    if (isUtf16 && content.length <= SECRET_FILE_BYTES) {
      this.#add(scanWhole(this.#scan, this.#path, content, { gaps: this.#gaps, depth: 0 }));
      return;
    }
    if (isUtf16) this.#gaps.unread(UTF16_READER);
    const window: FileWindow = { path: this.#path, bytes, start: span.start, end: span.end, offset: 0 };
    const lines = new LineCursor(this.#scan.search, window, START_OF_FILE);
    for (let index = from; index < to; index++) {
      const at = hits.positions[index] ?? 0;
      const literal = hits.literals[index] ?? 0;
      if (this.#endOf(literal, at) <= span.end) this.#inspect(literal, at, { window, lines: () => lines });
    }
    if (span.kind === 'content') this.#add(this.#inspectFile(content));
  }

  #endOf(literal: number, at: number): number {
    return at + (this.#scan.rules.literals[literal]?.text.length ?? 0);
  }

  #feedPiece(bytes: Uint8Array, span: StreamSpan, range: HitRange): void {
    const base = this.#seen;
    const { before, after } = this.#scan.rules;
    const length = span.end - span.start;
    const carried = this.#carry.length;
    let joined = Math.min(length, MAX_ANCHOR_BYTES - 1);
    this.#carry.append(bytes, span.start, span.start + joined);
    this.#searchSeam(carried);
    this.#postpone(span, base, range);
    if (this.#pending.length > 0) {
      const wanted = Math.min(length, before + after);
      this.#carry.append(bytes, span.start + joined, span.start + wanted);
      joined = wanted;
    }
    this.#seen = base + length;
    this.#settlePending(span.last && joined === length);
    this.#inspectDirect(bytes, span, base, range);
    this.#decideWhole(bytes, span, base);
    if (span.last) this.#readWhole();
    else this.#retain(bytes, span, { base, joined });
  }

  /** Literals that begin in carried bytes and end in new ones. */
  #searchSeam(carried: number): void {
    if (carried === 0) return;
    const from = Math.max(0, carried - MAX_ANCHOR_BYTES + 1);
    const hits = this.#scan.search.search(this.#carry.bytes, from, this.#carry.length);
    for (let index = 0; index < hits.count; index++) {
      const at = hits.positions[index] ?? 0;
      const literal = hits.literals[index] ?? 0;
      if (at < carried && this.#endOf(literal, at) > carried) this.#await(literal, this.#carryAt + at);
    }
  }

  /** Literals that look back beyond the piece or ahead of it: some at its begin and some near its end. */
  #postpone(span: StreamSpan, base: number, range: HitRange): void {
    const { near, ahead } = this.#edges(span, base, range);
    this.#postponeSome(span, base, { ...range, to: near });
    this.#postponeSome(span, base, { ...range, from: ahead });
  }

  #postponeSome(span: StreamSpan, base: number, { hits, from, to }: HitRange): void {
    for (let index = from; index < to; index++) {
      const at = hits.positions[index] ?? 0;
      const literal = hits.literals[index] ?? 0;
      if (this.#endOf(literal, at) <= span.end && !this.#isDirect(literal, at, span, base))
        this.#await(literal, base + at - span.start);
    }
  }

  /** Hits before `near` look back beyond the piece; from `ahead` on some may look ahead of it. */
  #edges(span: StreamSpan, base: number, { hits, from, to }: HitRange): { near: number; ahead: number } {
    const { before, after } = this.#scan.rules;
    let near = from;
    while (base > 0 && near < to && (hits.positions[near] ?? 0) - span.start < before) near++;
    let ahead = to;
    while (ahead > near && (hits.positions[ahead - 1] ?? 0) + after > span.end) ahead--;
    return { near, ahead };
  }

  #await(literal: number, at: number): void {
    if (this.#budget.admits(literal, at)) this.#pending.push({ literal, at });
  }

  /** Whether all that a literal's rules may look at lies in the piece. */
  #isDirect(literal: number, at: number, span: StreamSpan, base: number): boolean {
    const { before, plans } = this.#scan.rules;
    return (base === 0 || at - span.start >= before) && (span.last || at + (plans[literal]?.after ?? 0) <= span.end);
  }

  /** Judges pending literals whose surroundings are now carried. */
  #settlePending(ended: boolean): void {
    if (this.#pending.length === 0) return;
    const { bytes, length } = this.#carry;
    const available = this.#carryAt + length;
    const window: FileWindow = { path: this.#path, bytes, start: 0, end: length, offset: this.#carryAt };
    const cursor = new LineCursor(this.#scan.search, window, this.#carryLine);
    const place = { window, lines: () => cursor };
    const rest: PendingHit[] = [];
    for (const hit of this.#pending) {
      if (ended || hit.at + (this.#scan.rules.plans[hit.literal]?.after ?? 0) <= available)
        this.#inspect(hit.literal, hit.at - this.#carryAt, place);
      else rest.push(hit);
    }
    this.#pending = rest;
  }

  #inspectDirect(bytes: Uint8Array, span: StreamSpan, base: number, range: HitRange): void {
    const { hits } = range;
    const window: FileWindow = { path: this.#path, bytes, start: span.start, end: span.end, offset: base };
    let cursor: LineCursor | undefined;
    const lines = () => {
      cursor ??= new LineCursor(this.#scan.search, window, this.#lineAt(base));
      return cursor;
    };
    const { near, ahead } = this.#edges(span, base, range);
    const place = { window, lines };
    for (let index = near; index < range.to; index++) {
      const at = hits.positions[index] ?? 0;
      const literal = hits.literals[index] ?? 0;
      if (index < ahead || (this.#endOf(literal, at) <= span.end && this.#isDirect(literal, at, span, base)))
        this.#inspect(literal, at, place);
    }
  }

  /** Line position of a byte of the file that is still carried. */
  #lineAt(offset: number): LinePosition {
    return advance(this.#scan.search, this.#carryLine, this.#carry.bytes, {
      from: 0,
      to: offset - this.#carryAt,
      offset: this.#carryAt,
    });
  }

  #inspect(
    literal: number,
    at: number,
    place: { readonly window: FileWindow; readonly lines: () => LineCursor },
  ): void {
    const hits = this.#budget.judge(place.window, literal, at);
    if (hits.length === 0) return;
    for (const { rule, found } of hits) this.#keep(rule, found, { window: place.window, lines: place.lines() });
  }

  /** A file that is full is not worked on further: what else was found is counted. */
  #keep(rule: SecretRule, found: Found, place: { readonly window: FileWindow; readonly lines: LineCursor }): void {
    if (this.#sightings.length >= MAX_SIGHTINGS) this.#gaps.dropped++;
    else this.#add(see(this.#scan, rule, found, { ...place, gaps: this.#gaps, depth: 0 }));
  }

  #add(sightings: readonly Sighting[]): void {
    for (const sighting of sightings) {
      if (this.#sightings.length < MAX_SIGHTINGS) this.#sightings.push(sighting);
      else this.#gaps.dropped++;
    }
  }

  /** Whether the file is read whole is known once its first bytes, or all of them, went by. */
  #decideWhole(bytes: Uint8Array, span: StreamSpan, base: number): void {
    if (this.#whole === undefined && (this.#seen >= MAGIC_BYTES || span.last)) {
      const head = this.#head(bytes, span, base);
      this.#isUtf16 = span.kind === 'content' && utf16Kind(head) !== undefined;
      const rules = span.kind === 'content' ? this.#scan.rules.files.rulesFor(this.#path, head, 0, head.length) : [];
      this.#readers = [...rules.map(({ id }) => id), ...(this.#isUtf16 ? [UTF16_READER] : [])];
      const wanted = this.#readers.length > 0;
      this.#whole = wanted ? new GrowingBytes() : null;
      if (wanted) this.#whole?.append(this.#carry.bytes, 0, base);
    }
    if (this.#whole instanceof GrowingBytes) {
      if (this.#seen > SECRET_FILE_BYTES) {
        this.#whole = null;
        this.#isUtf16 = false;
        for (const reader of this.#readers) this.#gaps.unread(reader);
      } else this.#whole.append(bytes, span.start, span.end);
    }
  }

  #head(bytes: Uint8Array, span: StreamSpan, base: number): Uint8Array {
    const head = new Uint8Array(Math.min(MAGIC_BYTES, this.#seen));
    const carried = Math.min(base, head.length);
    head.set(this.#carry.bytes.subarray(0, carried));
    head.set(bytes.subarray(span.start, span.start + head.length - carried), carried);
    return head;
  }

  #readWhole(): void {
    if (!(this.#whole instanceof GrowingBytes)) return;
    const bytes = this.#whole.bytes.subarray(0, this.#whole.length);
    if (!this.#isUtf16) {
      this.#add(this.#inspectFile(bytes));
      return;
    }
    this.#sightings = [];
    this.#gaps = new FileGaps();
    this.#add(scanWhole(this.#scan, this.#path, bytes, { gaps: this.#gaps, depth: 0 }));
  }

  #inspectFile(content: Uint8Array): Sighting[] {
    return inspectFileRules(this.#scan, this.#path, content, { gaps: this.#gaps, depth: 0 });
  }

  /** Keeps what pending literals, and literals cut by the next piece's begin, may look back at. */
  #retain(bytes: Uint8Array, span: StreamSpan, piece: { readonly base: number; readonly joined: number }): void {
    const { before } = this.#scan.rules;
    const oldest = this.#pending.reduce((least, hit) => Math.min(least, hit.at), this.#seen - MAX_ANCHOR_BYTES);
    const keepFrom = Math.max(0, oldest - before);
    if (keepFrom >= piece.base) {
      const from = span.start + keepFrom - piece.base;
      const begin = this.#lineAt(piece.base);
      this.#carryLine = advance(this.#scan.search, begin, bytes, { from: span.start, to: from, offset: piece.base });
      this.#carry.replace(bytes, from, span.end);
      this.#carryAt = keepFrom;
      return;
    }
    this.#carry.append(bytes, span.start + piece.joined, span.end);
    const surplus = keepFrom - this.#carryAt;
    if (surplus < this.#carry.length / 2) return;
    this.#carryLine = this.#lineAt(keepFrom);
    this.#carry.dropFirst(surplus);
    this.#carryAt = keepFrom;
  }
}

/** How a gap calls the reading of UTF-16. */
const UTF16_READER = 'the reader of UTF-16';
