import { SECRET_VERDICTS } from '../model/secret.ts';
import type { SecretDraft } from './draft.ts';
import { fingerprint } from './fingerprint.ts';
import { mask } from './mask.ts';
import type { Sighting } from './sighting.ts';

/**
 * What a file's sightings come to: where two lie over each other the surer one stays (a vendor's rule over a generic
 * one, then the longer one), sorted by offset.
 */
export function settle(entry: number, path: string, sightings: readonly Sighting[]): SecretDraft[] {
  const drafts = sightings
    .filter(({ found }) => found.witness === true)
    .map((sighting) => draft(entry, path, sighting));
  const ranked = sightings.filter(({ found }) => found.witness !== true).sort(bySureness);
  const kept: Sighting[] = [];
  const taken = new Occupied();
  for (const sighting of ranked) {
    if (taken.add(sighting.offset, sighting.offset + sighting.length)) kept.push(sighting);
  }
  drafts.push(...kept.map((sighting) => draft(entry, path, sighting)));
  return drafts.sort((left, right) => left.offset - right.offset || (left.ruleId < right.ruleId ? -1 : 1));
}

function bySureness(left: Sighting, right: Sighting): number {
  return (
    rank(left) - rank(right) ||
    right.length - left.length ||
    left.offset - right.offset ||
    (left.rule.id < right.rule.id ? -1 : 1)
  );
}

function rank({ found }: Sighting): number {
  const verdict = SECRET_VERDICTS.indexOf(found.verdict);
  return found.suppressed === undefined || found.suppressed === 'published-test-key' ? verdict : verdict + 0.5;
}

function draft(entry: number, path: string, sighting: Sighting): SecretDraft {
  const { rule, found } = sighting;
  return {
    entry,
    path,
    ruleId: rule.id,
    title: rule.title,
    verdict: found.verdict,
    severity: found.severity ?? rule.severity,
    offset: sighting.offset,
    length: sighting.length,
    ...(sighting.line === undefined ? {} : { line: sighting.line }),
    ...(sighting.column === undefined ? {} : { column: sighting.column }),
    match: mask((found.identity ?? sighting.value).length, found.publicPrefix),
    fingerprint: fingerprint(rule.id, found.identity ?? sighting.value),
    ...(found.proof === undefined ? {} : { proof: found.proof }),
    ...(found.name === undefined ? {} : { name: found.name }),
    ...(found.suppressed === undefined ? {} : { suppressed: found.suppressed }),
    ...(found.opens === undefined ? {} : { opens: found.opens }),
    ...(found.join === undefined ? {} : { join: found.join }),
    ...(found.witness === true ? { witness: true as const } : {}),
  };
}

/** Ranges taken so far, in buckets of 4 KiB. */
class Occupied {
  private readonly buckets = new Map<number, { readonly from: number; readonly to: number }[]>();

  /** False, and nothing added, where the range overlaps one that was added before. */
  add(from: number, to: number): boolean {
    const first = Math.floor(from / 4096);
    const last = Math.floor((to - 1) / 4096);
    for (let bucket = first; bucket <= last; bucket++) {
      if (this.buckets.get(bucket)?.some((range) => range.from < to && from < range.to)) return false;
    }
    for (let bucket = first; bucket <= last; bucket++) {
      const ranges = this.buckets.get(bucket);
      if (ranges === undefined) this.buckets.set(bucket, [{ from, to }]);
      else ranges.push({ from, to });
    }
    return true;
  }
}
