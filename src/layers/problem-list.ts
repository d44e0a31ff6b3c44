import type { Problem } from '../model/problem.ts';

/** Shown per code; a damaged layer can hold a million faults of one kind. */
const SHOWN_PER_CODE = 20;

/** Collects the problems of one layer; past the first of a kind it only counts. */
export class ProblemList {
  readonly #layer: number;
  readonly #shown: Problem[] = [];
  readonly #counts = new Map<string, number>();

  constructor(layer: number) {
    this.#layer = layer;
  }

  add(code: string, detail: string, path?: string): void {
    const count = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, count);
    if (count > SHOWN_PER_CODE) return;
    this.#shown.push({ code, layer: this.#layer, ...(path === undefined || path === '' ? {} : { path }), detail });
  }

  /** All problems, with one line for each kind that had more than are shown. */
  list(): readonly Problem[] {
    const rest: Problem[] = [];
    for (const [code, count] of this.#counts) {
      if (count > SHOWN_PER_CODE) {
        rest.push({
          code,
          layer: this.#layer,
          detail: `${count - SHOWN_PER_CODE} more of the same kind in this layer`,
        });
      }
    }
    return [...this.#shown, ...rest];
  }
}
