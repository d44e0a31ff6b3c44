/** The lines of a text without their ends; LF and CRLF both end a line. A last line without an end counts, an empty rest does not. */
export function* lines(text: string): Generator<string> {
  let start = 0;
  while (start < text.length) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed;
    yield text.slice(start, end > start && text.charCodeAt(end - 1) === 13 ? end - 1 : end);
    start = end + 1;
  }
}

const JOINED_LINES = 1024;

/**
 * One block of `Name: value` lines in the manner of RFC 822, as dpkg, opkg and Python's METADATA use it
 * (https://www.debian.org/doc/debian-policy/ch-controlfields.html). Names are compared without regard to case.
 */
export class Stanza {
  /** Number of its first line, counted from 1. */
  readonly line: number;
  readonly #names: string[] = [];
  readonly #values: string[] = [];
  /** Continuation lines that are not yet part of the last value: joined one by one, millions of them cost a gigabyte. */
  #continued: string[] = [];
  #malformed = 0;

  constructor(line: number) {
    this.line = line;
  }

  /** Lines that are neither a field nor the continuation of one. */
  get malformed(): number {
    return this.#malformed;
  }

  get size(): number {
    return this.#names.length;
  }

  /** The first value of a field: outer blanks trimmed, continuation lines joined by LF without their first blank. */
  get(name: string): string | undefined {
    this.#joinContinued();
    const index = this.#names.indexOf(name.toLowerCase());
    return index < 0 ? undefined : this.#values[index];
  }

  /** All values of a field that may be repeated. */
  all(name: string): readonly string[] {
    this.#joinContinued();
    const wanted = name.toLowerCase();
    return this.#values.filter((_, index) => this.#names[index] === wanted);
  }

  add(line: string): void {
    const first = line.charCodeAt(0);
    if (first === 32 || first === 9) {
      if (this.#values.length === 0) this.#malformed += 1;
      else this.#continued.push(line.slice(1).trimEnd());
      if (this.#continued.length === JOINED_LINES) this.#joinContinued();
      return;
    }
    const colon = line.indexOf(':');
    if (colon <= 0) {
      this.#malformed += 1;
      return;
    }
    this.#joinContinued();
    this.#names.push(line.slice(0, colon).trimEnd().toLowerCase());
    this.#values.push(line.slice(colon + 1).trim());
  }

  #joinContinued(): void {
    if (this.#continued.length === 0) return;
    this.#values[this.#values.length - 1] += `\n${this.#continued.join('\n')}`;
    this.#continued = [];
  }
}

/** The stanzas of a text, separated by blank lines; the last one needs no blank line after it. */
export function* stanzas(text: string): Generator<Stanza> {
  let stanza: Stanza | undefined;
  let number = 0;
  for (const line of lines(text)) {
    number += 1;
    if (line.trim() === '') {
      if (stanza !== undefined) yield stanza;
      stanza = undefined;
    } else {
      stanza ??= new Stanza(number);
      stanza.add(line);
    }
  }
  if (stanza !== undefined) yield stanza;
}
