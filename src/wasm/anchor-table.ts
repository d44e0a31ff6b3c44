import type { AnchorLiteral } from '../bytes/anchor-search.ts';

/** Layout of the kernel's tables; the same constants stand in assembly/anchor-search.ts. */
const BITMAP = 256;
export const SLOT_BITS = 12;
export const HEADS = BITMAP + (4 << SLOT_BITS);
export const ENTRIES = HEADS + (2 << SLOT_BITS);
export const ENTRY_BYTES = 72;
/** Within an entry: how many of its slot there are from it on. */
export const LEFT = 2;
const AROUND = 8;
const TEXT = 24;
const MASK = 48;
const SET_BYTES = 128;

/** Two sets of masks with eight buckets each. */
const BUCKETS = 16;
/** Bytes the filter looks at; of a literal of three bytes, any byte may follow. */
const WINDOW = 4;
const FOLD = 0x20;
const HASH = 0x9e3779b1 << 8;

/** Where in its literal each filter window lies, and which bucket of the filter has it. */
interface Placement {
  readonly offset: number;
  readonly bucket: number;
}

/** Builds the kernel's tables for the literals; the entries of a slot lie one after the other. */
export function anchorTable(literals: readonly AnchorLiteral[]): Uint8Array {
  const table = new Uint8Array(ENTRIES + literals.length * ENTRY_BYTES);
  const view = new DataView(table.buffer);
  const placements = place(literals);
  const entries = literals.map((literal, index) => {
    const placement = placements[index] ?? { offset: 0, bucket: 0 };
    addMasks(table, literal, placement);
    return { literal, index, offset: placement.offset, slot: slotOf(literal, placement.offset) };
  });
  entries.sort((left, right) => left.slot - right.slot || left.index - right.index);
  let left = 0;
  for (let number = entries.length - 1; number >= 0; number--) {
    const entry = entries[number];
    if (entry === undefined) continue;
    left = entry.slot === entries[number + 1]?.slot ? left + 1 : 1;
    addEntry(view, table, { ...entry, at: ENTRIES + number * ENTRY_BYTES });
    view.setUint16(ENTRIES + number * ENTRY_BYTES + LEFT, left, true);
    view.setUint16(HEADS + 2 * entry.slot, number + 1, true);
  }
  return table;
}

function addMasks(table: Uint8Array, literal: AnchorLiteral, { offset, bucket }: Placement): void {
  for (let position = 0; position < WINDOW; position++) {
    for (const byte of spellings(literal, offset + position)) {
      const low = (bucket >> 3) * SET_BYTES + position * 32 + (byte & 15);
      const high = low - (byte & 15) + 16 + (byte >> 4);
      table[low] = (table[low] ?? 0) | (1 << (bucket & 7));
      table[high] = (table[high] ?? 0) | (1 << (bucket & 7));
    }
  }
}

function addEntry(
  view: DataView,
  table: Uint8Array,
  entry: { literal: AnchorLiteral; index: number; offset: number; slot: number; at: number },
): void {
  const { index, offset, slot, at } = entry;
  const { text, fold } = entry.literal;
  const fourth = text.length < WINDOW ? ALL_BITS : 1 << (text.charCodeAt(offset + WINDOW - 1) & 31);
  view.setUint32(BITMAP + 4 * slot, view.getUint32(BITMAP + 4 * slot, true) | fourth, true);
  view.setUint16(at, index, true);
  for (let position = 0; position < text.length; position++) {
    const byte = text.charCodeAt(position);
    table[at + TEXT + position] = byte;
    table[at + MASK + position] = fold && isLower(byte) ? ~FOLD & 0xff : 0xff;
  }
  const around = Math.max(0, Math.min(offset, text.length - AROUND_BYTES));
  table.set([offset, text.length, offset - around], at + 4);
  table.copyWithin(at + AROUND, at + TEXT + around, at + TEXT + around + AROUND_BYTES);
  table.copyWithin(at + AROUND + AROUND_BYTES, at + MASK + around, at + MASK + around + AROUND_BYTES);
}

/** Bytes, the window's among them, that are compared before the whole literal. */
const AROUND_BYTES = 8;

/** The hash of the first three bytes of a window. */
function slotOf({ text }: AnchorLiteral, offset: number): number {
  const byte = (position: number) => text.charCodeAt(offset + position) | FOLD;
  return Math.imul(byte(0) | (byte(1) << 8) | (byte(2) << 16), HASH) >>> (32 - SLOT_BITS);
}

/** Any fourth byte: the literal has but three. */
const ALL_BITS = -1;

function isLower(byte: number): boolean {
  return byte >= 0x61 && byte <= 0x7a;
}

/** The bytes that may stand at a position of a literal. */
function spellings(literal: AnchorLiteral, position: number): readonly number[] {
  if (position >= literal.text.length) return ANY;
  const byte = literal.text.charCodeAt(position);
  return literal.fold && isLower(byte) ? [byte, byte - 0x20] : [byte];
}

const ANY: readonly number[] = Array.from({ length: 256 }, (_, byte) => byte);

/** Where the windows of a literal may begin, one past the last. */
function windowEnd(literal: AnchorLiteral): number {
  return Math.max(1, literal.text.length - WINDOW + 1);
}

/** A literal with the windows worth trying, the rarest first. */
interface Candidate {
  readonly index: number;
  readonly literal: AnchorLiteral;
  readonly offsets: readonly number[];
  /** How often its rarest window occurs. */
  readonly chance: number;
}

/**
 * Chooses window and bucket of every literal so that random text passes the filter as seldom as possible: greedily,
 * commonest literals first, then once more over all with the rest in place.
 */
function place(literals: readonly AnchorLiteral[]): readonly Placement[] {
  const buckets = Array.from({ length: BUCKETS }, () => new Bucket());
  const placements: (Placement | undefined)[] = literals.map(() => undefined);
  const sharers = new Map<string, number>();
  const order = literals.map(candidate).sort((left, right) => right.chance - left.chance || left.index - right.index);
  for (let round = 0; round < ROUNDS; round++) {
    for (const { index, literal, offsets } of order) {
      const before = placements[index];
      if (before !== undefined) {
        buckets[before.bucket]?.change(literal, before.offset, -1);
        share(sharers, literal, before.offset, -1);
      }
      const roomy = offsets.filter((offset) => (sharers.get(windowOf(literal, offset)) ?? 0) < MOST_SHARERS);
      const best = cheapest(buckets, literal, roomy.length > 0 ? roomy : offsets);
      buckets[best.bucket]?.change(literal, best.offset, 1);
      share(sharers, literal, best.offset, 1);
      placements[index] = best;
    }
  }
  return placements.map((placement) => placement ?? { offset: 0, bucket: 0 });
}

const ROUNDS = 2;

/** Literals that are compared one after the other where a window occurs. */
const MOST_SHARERS = 10;

function share(sharers: Map<string, number>, literal: AnchorLiteral, offset: number, by: 1 | -1): void {
  const window = windowOf(literal, offset);
  sharers.set(window, (sharers.get(window) ?? 0) + by);
}

function windowOf({ text }: AnchorLiteral, offset: number): string {
  return text.slice(offset, offset + WINDOW).toLowerCase();
}

/** Windows of a literal that are tried. */
const WINDOWS_TRIED = 20;

function candidate(literal: AnchorLiteral, index: number): Candidate {
  const windows: { offset: number; chance: number }[] = [];
  for (let offset = 0; offset < windowEnd(literal); offset++) {
    let chance = 1;
    for (let position = offset; position < Math.min(offset + WINDOW, literal.text.length); position++) {
      chance *= spellings(literal, position).reduce((sum, byte) => sum + (FREQUENCY[byte] ?? 0), 0);
    }
    windows.push({ offset, chance });
  }
  windows.sort((left, right) => left.chance - right.chance || left.offset - right.offset);
  const tried = windows.slice(0, WINDOWS_TRIED);
  return { index, literal, offsets: tried.map(({ offset }) => offset), chance: tried[0]?.chance ?? 1 };
}

function cheapest(buckets: readonly Bucket[], literal: AnchorLiteral, offsets: readonly number[]): Placement {
  let best: Placement = { offset: 0, bucket: 0 };
  let least = Number.POSITIVE_INFINITY;
  buckets.forEach((bucket, number) => {
    for (const offset of offsets) {
      const cost = bucket.costWith(literal, offset);
      if (cost < least) {
        least = cost;
        best = { offset, bucket: number };
      }
    }
  });
  return best;
}

/** One bucket of the filter: what each of its positions lets through. */
class Bucket {
  readonly #positions = Array.from({ length: WINDOW }, () => new NibbleSets());
  #chance = 1;

  change(literal: AnchorLiteral, offset: number, by: 1 | -1): void {
    this.#positions.forEach((sets, position) => {
      for (const byte of spellings(literal, offset + position)) sets.change(byte, by);
    });
    this.#chance = this.#positions.reduce((chance, sets) => chance * sets.share(), 1);
  }

  /** What the filter lets through more, once the literal is in the bucket. */
  costWith(literal: AnchorLiteral, offset: number): number {
    let chance = 1;
    for (let position = 0; position < WINDOW; position++) {
      if (offset + position >= literal.text.length) continue;
      const byte = literal.text.charCodeAt(offset + position);
      const other = literal.fold && isLower(byte) ? byte - 0x20 : byte;
      chance *= this.#positions[position]?.shareWith(byte, other) ?? 1;
    }
    return chance - this.#chance;
  }
}

/** The low and the high nibbles that are wanted at one position. */
class NibbleSets {
  readonly #low = new Uint16Array(16);
  readonly #high = new Uint16Array(16);
  /** By high nibble: how often a byte with it and a wanted low nibble occurs. */
  readonly #rows = new Float64Array(16);
  /** What shareWith said since the last change, by byte and whether it has another letter case. */
  readonly #known = new Float64Array(512);
  #isStale = true;

  change(byte: number, by: 1 | -1): void {
    this.#isStale = true;
    const column = byte & 15;
    const before = this.#low[column] ?? 0;
    this.#low[column] = before + by;
    this.#high[byte >> 4] = (this.#high[byte >> 4] ?? 0) + by;
    if (before !== 0 && before + by !== 0) return;
    for (let row = 0; row < 16; row++)
      this.#rows[row] = (this.#rows[row] ?? 0) + by * (FREQUENCY[row * 16 + column] ?? 0);
  }

  /** Share of all bytes that pass. */
  share(): number {
    let sum = 0;
    for (let row = 0; row < 16; row++) if ((this.#high[row] ?? 0) > 0) sum += this.#rows[row] ?? 0;
    return sum;
  }

  /** The same, with two bytes (of the same low nibble) added. */
  shareWith(byte: number, other: number): number {
    if (this.#isStale) this.#known.fill(-1);
    this.#isStale = false;
    const question = byte === other ? byte : byte + 256;
    const known = this.#known[question] ?? -1;
    if (known >= 0) return known;
    const share = this.#shareWith(byte, other);
    this.#known[question] = share;
    return share;
  }

  #shareWith(byte: number, other: number): number {
    const column = byte & 15;
    const isNew = (this.#low[column] ?? 0) === 0;
    let sum = 0;
    for (let row = 0; row < 16; row++) {
      if ((this.#high[row] ?? 0) === 0 && row !== byte >> 4 && row !== other >> 4) continue;
      sum += (this.#rows[row] ?? 0) + (isNew ? (FREQUENCY[row * 16 + column] ?? 0) : 0);
    }
    return sum;
  }
}

/** How often each byte occurs in source texts (two thirds) and programs (one third): half steps of -log2, in base 36. */
const RARITY =
  '8cbeeghlhgdllifeekimklmmimkolmmi7helfmmkdgflfifgafhgfifgehfhkhklfbeffeficfljgigihlhggjkklmjj9jneicfddadffbfhdebbekbcaeeibgkijimm' +
  'jmoghgnnleofninnkppommppnoppopppmoppooppnppoopponpppoomomnmonollhklklllkmlnooooolnloooonnoomponlkmmononmghmkmlmllnmmnnklkmllllkd';

const FREQUENCY = Float64Array.from(RARITY, (letter) => 2 ** (-Number.parseInt(letter, 36) / 2));
