import { counted } from '../model/counted.ts';
import type { ProblemDraft } from '../model/problem.ts';
import { DECODED_BYTES, SECRET_FILE_BYTES } from './limits.ts';

/** What of one file could not be looked at, and why. */
export class FileGaps {
  /** Findings beyond those that are kept. */
  dropped = 0;
  /** Literals that were not judged: too many came to nothing, or found all that is kept. */
  refused = 0;
  /** Bytes that encoded texts decoded to. */
  #decoded = 0;
  /** Encoded texts that were not looked into. */
  #undecoded = 0;
  /** Rules that failed, with how often each did. */
  #faults: Map<string, { readonly error: string; times: number }> | undefined;
  /** Readers of whole files that a larger file was not handed to. */
  #unread: Set<string> | undefined;

  /** A rule threw at one place. */
  fault(rule: string, error: unknown): void {
    this.#faults ??= new Map();
    const known = this.#faults.get(rule);
    if (known === undefined) this.#faults.set(rule, { error: nameOf(error), times: 1 });
    else known.times++;
  }

  unread(reader: string): void {
    this.#unread ??= new Set();
    this.#unread.add(reader);
  }

  /** Whether there is room for one more encoded text; counted where there is none. */
  mayDecode(length: number): boolean {
    if (this.#decoded + length > DECODED_BYTES) {
      this.#undecoded++;
      return false;
    }
    this.#decoded += length;
    return true;
  }

  get isEmpty(): boolean {
    return (
      this.dropped === 0 &&
      this.refused === 0 &&
      this.#undecoded === 0 &&
      this.#faults === undefined &&
      this.#unread === undefined
    );
  }

  /** One problem per cause; messages of errors are left out, for they may quote the file. */
  problems(): readonly ProblemDraft[] {
    if (this.isEmpty) return [];
    const problems: ProblemDraft[] = [];
    if (this.dropped > 0 || this.refused > 0)
      problems.push({
        code: 'PLM_SECRET_LIMIT',
        detail: `${counted(this.dropped, 'finding')} beyond those that are kept; ${counted(this.refused, 'literal')} among too many to be judged`,
      });
    if (this.#undecoded > 0)
      problems.push({
        code: 'PLM_SECRET_LIMIT',
        detail: `encoded texts decode to more than ${DECODED_BYTES} bytes; ${counted(this.#undecoded, 'text')} not looked into`,
      });
    if (this.#unread !== undefined)
      problems.push({
        code: 'PLM_SECRET_LIMIT',
        detail: `the file is larger than the ${SECRET_FILE_BYTES} bytes that are read whole; not looked at by ${[...this.#unread].sort().join(', ')}`,
      });
    for (const [rule, { error, times }] of [...(this.#faults ?? [])].sort(byRule))
      problems.push({
        code: 'PLM_SECRET_RULE',
        detail: `rule ${rule} failed (${error}) at ${counted(times, 'place')}, not judged by it`,
      });
    return problems;
  }
}

function byRule([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : 1;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
