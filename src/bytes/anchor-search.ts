/** A literal to search for: 3 to 24 bytes of ASCII. A `fold` literal is in lower case and found in any letter case. */
export interface AnchorLiteral {
  readonly text: string;
  readonly fold: boolean;
}

/** Hits ordered by position, then by literal; valid until the next search. */
export interface AnchorHits {
  readonly count: number;
  /** Where each literal begins, as an index into the searched bytes. */
  readonly positions: Uint32Array;
  /** Index of the literal. */
  readonly literals: Uint32Array;
}

/** Finds every occurrence of many literals, overlapping ones included. */
export interface AnchorSearch {
  /** Searches `bytes[start, end)`; a literal must lie in it whole. */
  search(bytes: Uint8Array, start?: number, end?: number): AnchorHits;
  /** Line feeds in `bytes[start, end)`. */
  countLines(bytes: Uint8Array, start: number, end: number): number;
}

export const MAX_ANCHOR_BYTES = 24;

/** Line feeds in `bytes[start, end)`. */
export function countLines(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) if (bytes[at] === 0x0a) count++;
  return count;
}

/** A growable list of hits. */
export class HitList implements AnchorHits {
  count = 0;
  positions: Uint32Array = new Uint32Array(1024);
  literals: Uint32Array = new Uint32Array(1024);

  #ordered = true;

  clear(): void {
    this.count = 0;
    this.#ordered = true;
  }

  /** Adds pairs of position and literal; positions are moved by `shift`. */
  addPairs(pairs: Uint32Array, shift: number): void {
    let count = this.count;
    this.#reserve(count + pairs.length / 2);
    const { positions, literals } = this;
    let last = count === 0 ? -1 : (positions[count - 1] ?? 0);
    for (let index = 0; index < pairs.length; index += 2, count++) {
      const position = (pairs[index] ?? 0) + shift;
      if (position <= last) this.#ordered = false;
      last = position;
      positions[count] = position;
      literals[count] = pairs[index + 1] ?? 0;
    }
    this.count = count;
  }

  add(position: number, literal: number): void {
    this.#reserve(this.count + 1);
    this.positions[this.count] = position;
    this.literals[this.count] = literal;
    this.#ordered = false;
    this.count++;
  }

  #reserve(count: number): void {
    while (count > this.positions.length) {
      this.positions = grown(this.positions);
      this.literals = grown(this.literals);
    }
  }

  /** Brings hits that were added by end of literal into order by begin. */
  sorted(): this {
    if (this.#ordered) return this;
    for (let index = 1; index < this.count; index++) {
      const position = this.positions[index] ?? 0;
      const literal = this.literals[index] ?? 0;
      let to = index;
      while (to > 0 && this.isAfter(to - 1, position, literal)) {
        this.positions[to] = this.positions[to - 1] ?? 0;
        this.literals[to] = this.literals[to - 1] ?? 0;
        to--;
      }
      this.positions[to] = position;
      this.literals[to] = literal;
    }
    return this;
  }

  private isAfter(index: number, position: number, literal: number): boolean {
    const other = this.positions[index] ?? 0;
    return other > position || (other === position && (this.literals[index] ?? 0) > literal);
  }
}

function grown(list: Uint32Array): Uint32Array {
  const larger = new Uint32Array(list.length * 2);
  larger.set(list);
  return larger;
}
