import { compareText } from '../../bytes/compare-text.ts';
import type { Advisory } from '../../model/advisory.ts';

/** A CVSS vector that another record states about the same flaw. */
export interface BorrowedSeverity {
  readonly type: Advisory['severity'][number]['type'];
  readonly score: string;
  /** The record that states it. */
  readonly from: string;
  /** Names both records give the flaw, sorted: it holds for no other flaw of an advisory about several. */
  readonly names: readonly string[];
}

/** Vectors by every name their record gives itself (`id`, `aliases`), lent to records that state no severity. */
export class SeverityLender {
  readonly #byName = new Map<string, LentVector[]>();

  add({ id, aliases, severity }: Pick<Advisory, 'id' | 'aliases' | 'severity'>): void {
    const vectors = severity.filter(({ type }) => type !== 'Ubuntu');
    if (vectors.length === 0) return;
    for (const name of new Set([id, ...aliases])) {
      const lent = this.#byName.get(name) ?? [];
      lent.push(...vectors.map(({ type, score }) => ({ type, score, from: id })));
      this.#byName.set(name, lent);
    }
  }

  /**
   * What others say about the flaws of an advisory that has neither vector nor word, in an order that depends on the
   * records alone. A record without aliases speaks about the flaws in `upstream`; `related` names no flaw of it.
   */
  lend({ id, aliases, upstream, severity, severityWord }: Advisory): readonly BorrowedSeverity[] {
    if (severity.length > 0 || severityWord !== undefined) return [];
    const found = new Map<string, LentVector & { readonly names: Set<string> }>();
    for (const name of new Set([id, ...(aliases.length > 0 ? aliases : upstream)])) {
      for (const vector of this.#byName.get(name) ?? []) {
        const key = `${vector.from}\0${vector.type}\0${vector.score}`;
        const known = found.get(key) ?? { ...vector, names: new Set<string>() };
        known.names.add(name);
        found.set(key, known);
      }
    }
    return [...found]
      .sort(([left], [right]) => compareText(left, right))
      .map(([, { names, ...vector }]) => ({ ...vector, names: [...names].sort() }));
  }
}

type LentVector = Omit<BorrowedSeverity, 'names'>;
