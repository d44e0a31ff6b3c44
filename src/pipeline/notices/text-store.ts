import { hash } from 'node:crypto';
import { NestedBudgetSpent, nestedBudget } from '../../archive-formats/nested.ts';
import { unpacked } from '../../archive-formats/packed-data.ts';
import type { Limits } from '../../limits.ts';
import { counted } from '../../model/counted.ts';
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
const UNSEARCHED = unreadable('not all of the text could be searched for secrets');
const NO_TEXT = unreadable('it holds zero bytes and is no text');
const GZIP = [0x1f, 0x8b];

/** Keeps each distinct text once, within the limits and without secrets; what cannot be kept becomes a problem. */
export class TextStore {
  readonly #files: StoredText[] = [];
  readonly #problems: Problem[] = [];
  readonly #limits: Limits;
  readonly #texts = new Map<string, string>();
  /** What was done with each text that was met, by its hash as it lies in the image. */
  readonly #met = new Map<string, Met>();
  #bytes = 0;
  /** Files beyond those that may be listed. */
  #unlisted = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  get files(): readonly StoredText[] {
    return this.#files;
  }

  get problems(): readonly Problem[] {
    if (this.#unlisted === 0) return this.#problems;
    const detail = `${counted(this.#unlisted, 'text')} beyond the ${this.#limits.listedFiles} that are listed: not in the notices`;
    return [...this.#problems, { code: 'PLM_NOTICE_LIMIT', detail }];
  }

  text(id: string): string | undefined {
    return this.#texts.get(id);
  }

  /** Takes the whole content of a file, which may be packed by gzip, for all paths that lead to it. The bytes are not kept. */
  add(places: readonly [TextPlace, ...TextPlace[]], bytes: Uint8Array): void {
    const [{ path }] = places;
    const isPacked = path.endsWith('.gz') && GZIP.every((byte, index) => bytes[index] === byte);
    const met = isPacked ? this.#unpack(path, bytes) : this.#take(path, bytes);
    for (const place of places) {
      if (met.problem !== undefined) this.lose(place, met.problem);
      if (met.id !== undefined && this.#hasRoom()) this.#files.push({ ...place, id: met.id });
    }
  }

  tooLarge(place: TextPlace): void {
    this.lose(place, this.#tooLong);
  }

  /** Tells of a text that cannot be had. */
  lose({ path, layer }: TextPlace, { code, detail }: ProblemDraft): void {
    if (this.#hasRoom()) this.#problems.push({ code, layer, path, detail });
  }

  #hasRoom(): boolean {
    const hasRoom = this.#files.length + this.#problems.length < this.#limits.listedFiles;
    if (!hasRoom) this.#unlisted += 1;
    return hasRoom;
  }

  get #tooLong(): ProblemDraft {
    const detail = `larger than ${this.#limits.noticeTextBytes} bytes: this text is not in the notices`;
    return { code: 'PLM_NOTICE_LIMIT', detail };
  }

  #unpack(path: string, bytes: Uint8Array): Met {
    let met: Met = {};
    const budget = nestedBudget(this.#limits.noticeTextBytes);
    const onProblem = ({ detail }: ProblemDraft): void => {
      met = { problem: unreadable(detail) };
    };
    try {
      for (const plain of unpacked(bytes, 'gzip', { limits: this.#limits, budget, onProblem }))
        met = this.#take(path, plain);
    } catch (error) {
      if (!(error instanceof NestedBudgetSpent)) throw error;
      return { problem: this.#tooLong };
    }
    return met;
  }

  #take(path: string, bytes: Uint8Array): Met {
    if (bytes.length > this.#limits.noticeTextBytes) return { problem: this.#tooLong };
    const text = decodeText(bytes);
    if (text === undefined) return { problem: NO_TEXT };
    // An empty file says nothing.
    if (text.trim() === '') return {};
    const key = hash('sha256', text, 'hex');
    const known = this.#met.get(key);
    if (known !== undefined) return known;
    const met = this.#keep(text, path);
    if (met.id !== undefined) this.#met.set(key, met);
    return met;
  }

  #keep(read: string, path: string): Met {
    const size = Buffer.byteLength(read);
    if (this.#bytes + size > this.#limits.noticesBytes) {
      const detail = `the texts of the image have more than ${this.#limits.noticesBytes} bytes: this one is not in the notices`;
      return { problem: { code: 'PLM_NOTICE_LIMIT', detail } };
    }
    const text = redactDocument(read, path);
    if (text === undefined) return { problem: UNSEARCHED };
    const id = `sha256:${hash('sha256', text, 'hex')}`;
    if (!this.#texts.has(id)) this.#bytes += size;
    this.#texts.set(id, text);
    return text === read ? { id } : { id, problem: HIDDEN };
  }
}

function unreadable(why: string): ProblemDraft {
  return { code: 'PLM_NOTICE_UNREADABLE', detail: `${why}: not in the notices` };
}
