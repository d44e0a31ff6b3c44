import type { FindingsDiff } from '../../model/image-diff.ts';

/** The findings of both sides that are one and the same. */
export interface Pair<Finding> {
  readonly before: readonly Finding[];
  readonly after: readonly Finding[];
}

/** What pairs of one kind of finding need told. */
export interface PairRules<Finding, Change, Row> {
  readonly counts: (finding: Finding) => boolean;
  /** What differs between two lists of findings that all count. */
  readonly differences: (counted: Pair<Finding>) => readonly Change[];
  readonly row: (pair: Pair<Finding>, changes: readonly (Change | 'suppressed')[]) => Row;
  /** What matters most first: tables show the head of a list. */
  readonly order: (left: Row, right: Row) => number;
}

/** Pairs the findings of two sides by key, in the order of the keys. */
export function pairByKey<Finding>(
  before: readonly Finding[],
  after: readonly Finding[],
  keyOf: (finding: Finding) => string,
): readonly Pair<Finding>[] {
  const [old, now] = [Map.groupBy(before, keyOf), Map.groupBy(after, keyOf)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .sort()
    .map((key) => ({ before: old.get(key) ?? [], after: now.get(key) ?? [] }));
}

/** Whether a secret or a failed check counts: it is not suppressed, wherever it lies. */
export function isOpen({ suppressed }: { readonly suppressed?: unknown }): boolean {
  return suppressed === undefined;
}

/** Whether a pair counts after and did not before: what gates over a comparison ask for. */
export function isNew<Finding>({ before, after }: Pair<Finding>, counts: (finding: Finding) => boolean): boolean {
  return after.some(counts) && !before.some(counts);
}

/** Sorts pairs into what is new, fixed and changed. Pairs that count on neither side are left out. */
export function comparePairs<Finding extends { readonly suppressed?: unknown }, Change, Row>(
  pairs: readonly Pair<Finding>[],
  { counts, differences, row, order }: PairRules<Finding, Change, Row>,
): FindingsDiff<Row> {
  const [added, fixed, changed]: [Row[], Row[], Row[]] = [[], [], []];
  let unchanged = 0;
  for (const pair of pairs) {
    const counted = { before: pair.before.filter(counts), after: pair.after.filter(counts) };
    if (counted.after.length > 0) {
      const changes = counted.before.length > 0 ? differences(counted) : [];
      if (counted.before.length === 0) added.push(row(pair, []));
      else if (changes.length > 0) changed.push(row(pair, changes));
      else unchanged += 1;
    } else if (counted.before.length > 0) {
      // A finding that somebody accepted is not mended.
      if (pair.after.some((finding) => finding.suppressed !== undefined)) changed.push(row(pair, ['suppressed']));
      else fixed.push(row(pair, []));
    }
  }
  return { new: added.sort(order), fixed: fixed.sort(order), changed: changed.sort(order), unchanged };
}
