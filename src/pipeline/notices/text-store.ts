import { hash } from 'node:crypto';
import { NestedBudgetSpent, nestedBudget } from '../../archive-formats/nested.ts';
import { unpacked } from '../../archive-formats/packed-data.ts';
import type { Limits } from '../../limits.ts';
import type { Problem, ProblemDraft } from '../../model/problem.ts';
import { redactDocument } from '../../secrets/redact.ts';
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

/** A text that was met: kept or not, and what there is to tell of each file that holds it. */
interface Met {
  readonly id?: string;
  readonly problem?: ProblemDraft;
}

const HIDDEN: ProblemDraft = {
  code: 'PLM_NOTICE_SECRET',
  detail: 'the text holds a secret, which is written as ***',
};
const UNSEARCHED: ProblemDraft = {
  code: 'PLM_NOTICE_UNREADABLE',
  detail: 'not all of the text could be searched for secrets: not in the notices',
};
const GZIP = [0x1f, 0x8b];

/** Keeps each distinct text once, within the limits and without secrets; what cannot be kept becomes a problem. */
export class TextStore {
  readonly files: StoredText[] = [];
  readonly problems: Problem[] = [];
  readonly #limits: Limits;
  readonly #texts = new Map<string, string>();
  /** What was done with each text that was met, by its hash as it lies in the image. */
  readonly #met = new Map<string, Met>();
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
    const key = hash('sha256', text, 'hex');
    const met = this.#met.get(key) ?? this.#keep(text, place.path);
    this.#met.set(key, met);
    if (met.problem !== undefined) this.problems.push({ ...met.problem, ...place });
    if (met.id !== undefined) this.files.push({ ...place, id: met.id });
  }

  #keep(read: string, path: string): Met {
    const text = redactDocument(read, path);
    if (text === undefined) return { problem: UNSEARCHED };
    const id = `sha256:${hash('sha256', text, 'hex')}`;
    if (!this.#texts.has(id)) {
      const size = Buffer.byteLength(text);
      if (this.#bytes + size > this.#limits.noticesBytes) {
        const detail = `the texts of the image have more than ${this.#limits.noticesBytes} bytes: this one is not in the notices`;
        return { problem: { code: 'PLM_NOTICE_LIMIT', detail } };
      }
      this.#bytes += size;
      this.#texts.set(id, text);
    }
    return text === read ? { id } : { id, problem: HIDDEN };
  }

  tooLarge(place: TextPlace): void {
    const detail = `larger than ${this.#limits.noticeTextBytes} bytes: this text is not in the notices`;
    this.problems.push({ code: 'PLM_NOTICE_LIMIT', ...place, detail });
  }

  unreadable(place: TextPlace, why: string): void {
    this.problems.push({ code: 'PLM_NOTICE_UNREADABLE', ...place, detail: `${why}: not in the notices` });
  }
}
