import { hash } from 'node:crypto';
import { NestedBudgetSpent, nestedBudget } from '../../archive-formats/nested.ts';
import { unpacked } from '../../archive-formats/packed-data.ts';
import type { Limits } from '../../limits.ts';
import type { Problem } from '../../model/problem.ts';
import { decodeText } from './decode-text.ts';

/** Where a text was read: a file of a layer, or a member of an archive in one. */
export interface TextPlace {
  readonly path: string;
  readonly layer: number;
}

/** A file whose text is in the store. */
export interface StoredText extends TextPlace {
  /** SHA-256 of the text. */
  readonly id: string;
}

const GZIP = [0x1f, 0x8b];

/** Keeps each distinct text once, within the limits; what cannot be kept becomes a problem. */
export class TextStore {
  readonly files: StoredText[] = [];
  readonly problems: Problem[] = [];
  readonly #limits: Limits;
  readonly #texts = new Map<string, string>();
  #bytes = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  text(id: string): string | undefined {
    return this.#texts.get(id);
  }

  /** Takes the whole content of a file, which may be packed by gzip. The bytes are not kept. */
  add(place: TextPlace, bytes: Uint8Array): void {
    if (bytes.length > this.#limits.noticeTextBytes) this.tooLarge(place);
    else if (place.path.endsWith('.gz') && GZIP.every((byte, index) => bytes[index] === byte)) {
      try {
        const budget = nestedBudget(this.#limits.noticeTextBytes);
        const onProblem = (problem: { detail: string }): void => this.unreadable(place, problem.detail);
        for (const plain of unpacked(bytes, 'gzip', { limits: this.#limits, budget, onProblem }))
          this.#addPlain(place, plain);
      } catch (error) {
        if (!(error instanceof NestedBudgetSpent)) throw error;
        this.tooLarge(place);
      }
    } else this.#addPlain(place, bytes);
  }

  #addPlain(place: TextPlace, bytes: Uint8Array): void {
    const text = decodeText(bytes);
    if (text === undefined) {
      this.unreadable(place, 'it holds zero bytes and is no text');
      return;
    }
    // An empty file says nothing.
    if (text.trim() === '') return;
    const id = `sha256:${hash('sha256', text, 'hex')}`;
    if (!this.#texts.has(id)) {
      const size = Buffer.byteLength(text);
      if (this.#bytes + size > this.#limits.noticesBytes) {
        const detail = `the texts of the image have more than ${this.#limits.noticesBytes} bytes: this one is not in the notices`;
        this.problems.push({ code: 'PLM_NOTICE_LIMIT', ...place, detail });
        return;
      }
      this.#bytes += size;
      this.#texts.set(id, text);
    }
    this.files.push({ ...place, id });
  }

  tooLarge(place: TextPlace): void {
    const detail = `larger than ${this.#limits.noticeTextBytes} bytes: this text is not in the notices`;
    this.problems.push({ code: 'PLM_NOTICE_LIMIT', ...place, detail });
  }

  unreadable(place: TextPlace, why: string): void {
    this.problems.push({ code: 'PLM_NOTICE_UNREADABLE', ...place, detail: `${why}: not in the notices` });
  }
}
