import { ProblemError } from '../archive-formats/zip.ts';

/** Other packages that one package needs or provides: kernels provide ten thousand modules. */
const MOST = 250_000;

/** The names in one relation field, each once. */
export class RelationNames {
  readonly #names = new Set<string>();

  /** Throws ProblemError where there are too many. */
  add(name: string): void {
    this.#names.add(name);
    if (this.#names.size <= MOST) return;
    const detail = `a package needs or provides more than ${MOST} others: this and the packages after it are missing`;
    throw new ProblemError({ code: 'PLM_LIMIT', detail });
  }

  list(): string[] {
    return [...this.#names];
  }
}
