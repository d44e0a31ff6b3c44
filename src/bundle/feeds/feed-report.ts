/** What a build read from one source, and what it left out. */
export interface SourceReport {
  /** `osv/Debian`, `kev`, `epss`, `endoflife`. */
  readonly id: string;
  readonly records: number;
  /** Record names by the reason they were left out; at most `SKIPPED_NAMES` names a reason, the counts are whole. */
  readonly skipped: readonly { readonly reason: string; readonly count: number; readonly names: readonly string[] }[];
}

const SKIPPED_NAMES = 20;

/** Collects a source's report while it is read. */
export class SourceTally {
  readonly id: string;
  #records = 0;
  readonly #skipped = new Map<string, { count: number; names: string[] }>();
  /** The newest date seen in the records, where the feed has no capture date of its own. */
  newest = '';

  constructor(id: string) {
    this.id = id;
  }

  read(modified: string): void {
    this.#records++;
    if (modified > this.newest) this.newest = modified;
  }

  skip(reason: string, name: string): void {
    const entry = this.#skipped.get(reason) ?? { count: 0, names: [] };
    entry.count++;
    if (entry.names.length < SKIPPED_NAMES) entry.names.push(name);
    this.#skipped.set(reason, entry);
  }

  get records(): number {
    return this.#records;
  }

  report(): SourceReport {
    const skipped = [...this.#skipped].map(([reason, { count, names }]) => ({ reason, count, names }));
    return {
      id: this.id,
      records: this.#records,
      skipped: skipped.sort((left, right) => (left.reason < right.reason ? -1 : 1)),
    };
  }
}
