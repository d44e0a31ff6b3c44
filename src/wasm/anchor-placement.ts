import type { AnchorLiteral } from '../bytes/anchor-search.ts';

/** Two sets of masks with eight buckets each. */
const BUCKETS = 16;
/** Bytes the filter looks at; of a literal of three bytes, any byte may follow. */
export const FILTER_WINDOW = 4;

/** Where in its literal each filter window lies, and which bucket of the filter has it. */
export interface Placement {
  readonly offset: number;
  readonly bucket: number;
}

/** As text: two digits of base 36 each, for what is computed ahead. */
export function encodePlacements(placements: readonly Placement[]): string {
  return placements.map(({ offset, bucket }) => offset.toString(36) + bucket.toString(36)).join('');
}

/** Throws where the text is not about these literals. */
export function decodePlacements(text: string, literals: readonly AnchorLiteral[]): readonly Placement[] {
  if (text.length !== 2 * literals.length)
    throw new Error('anchors were placed for other literals: run "npm run generate"');
  return literals.map((literal, index) => {
    const [offset, bucket] = [
      Number.parseInt(text.charAt(2 * index), 36),
      Number.parseInt(text.charAt(2 * index + 1), 36),
    ];
    if (!(offset < windowEnd(literal) && bucket < BUCKETS)) throw new Error(`${literal.text} has no such window`);
    return { offset, bucket };
  });
}

export function isLower(byte: number): boolean {
  return byte >= 0x61 && byte <= 0x7a;
}

/** The bytes that may stand at a position of a literal. */
export function spellings(literal: AnchorLiteral, position: number): readonly number[] {
  if (position >= literal.text.length) return ANY;
  const byte = literal.text.charCodeAt(position);
  return literal.fold && isLower(byte) ? [byte, byte - 0x20] : [byte];
}

const ANY: readonly number[] = Array.from({ length: 256 }, (_, byte) => byte);

/** Where the windows of a literal may begin, one past the last. */
function windowEnd(literal: AnchorLiteral): number {
  return Math.max(1, literal.text.length - FILTER_WINDOW + 1);
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
export function placeAnchors(literals: readonly AnchorLiteral[]): readonly Placement[] {
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
  return text.slice(offset, offset + FILTER_WINDOW).toLowerCase();
}

/** Windows of a literal that are tried. */
const WINDOWS_TRIED = 20;

function candidate(literal: AnchorLiteral, index: number): Candidate {
  const windows: { offset: number; chance: number }[] = [];
  for (let offset = 0; offset < windowEnd(literal); offset++) {
    let chance = 1;
    for (let position = offset; position < Math.min(offset + FILTER_WINDOW, literal.text.length); position++) {
      chance *= spellings(literal, position).reduce((sum, byte) => sum + (FREQUENCY[byte] ?? 0), 0);
    }
    windows.push({ offset, chance });
  }
  windows.sort((left, right) => left.chance - right.chance || left.offset - right.offset);
  const rare = windows.filter(({ offset }) => !COMMON.has(windowOf(literal, offset)));
  const tried = (rare.length > 0 ? rare : windows).slice(0, WINDOWS_TRIED);
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
  readonly #positions = Array.from({ length: FILTER_WINDOW }, () => new NibbleSets());
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
    for (let position = 0; position < FILTER_WINDOW; position++) {
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

/**
 * Windows of which source texts hold more than a hundred in a million bytes: bytes alone do not tell that they stand
 * together. A literal that has another window is not looked for by one of these.
 */
const COMMON_WINDOWS =
  ' any by  con key pri set sta tok use wit": "----ablealidalueandoass assiate atioatoraturaultbasebrow' +
  'builcatecaticesscleacliecodeconfconscontcouncovecripctioctord bydatadecldentdingdireectiectoed bence' +
  'endrent ent.entientseporequieraleraternaertiespaestrevelevenfaceficafileflowfuncggergnathookhttpicat' +
  'idatidenientificifieightignaine inition(ion:ionsiptiirecith itiaivatken larelasslearlicelidalienlink' +
  'llbalobalocalugimandmarkmentmodinamenatunctinew nfigningnitinodentenntifntitode(odifokenon: onalonfi' +
  'onteoperord orteountoverowsepaceplugportpresprevprivprojptiopushquirragerandratorecorectregireporequ' +
  'reseringriptrivarootrowsrterscalscriservset signspacssigstacstatstrastrisubst totacktatitcontenttest' +
  'textthertialtifitiontitytivetoketor tractrintterttoktureuffeuginuilduireult uncture use valivaluvate' +
  'verawithwordworkwser';

const COMMON: ReadonlySet<string> = new Set(COMMON_WINDOWS.match(/.{4}/g));

/** How often each byte occurs in source texts (two thirds) and programs (one third): half steps of -log2, in base 36. */
const RARITY =
  '8cbeeghlhgdllifeekimklmmimkolmmi7helfmmkdgflfifgafhgfifgehfhkhklfbeffeficfljgigihlhggjkklmjj9jneicfddadffbfhdebbekbcaeeibgkijimm' +
  'jmoghgnnleofninnkppommppnoppopppmoppooppnppoopponpppoomomnmonollhklklllkmlnooooolnloooonnoomponlkmmononmghmkmlmllnmmnnklkmllllkd';

const FREQUENCY = Float64Array.from(RARITY, (letter) => 2 ** (-Number.parseInt(letter, 36) / 2));
