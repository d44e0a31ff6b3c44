import { compareText } from '../bytes/compare-text.ts';
import type { Severity } from '../model/severity.ts';
import { parseSeverity, severityRank } from '../model/severity.ts';
import { type CvssScore, scoreVector, severityOfScore } from './cvss.ts';
import type { Flaw, KnownHit } from './flaws.ts';

export interface SeverityVerdict {
  readonly severity: Severity;
  /** The record it was taken from. */
  readonly source?: string;
  /** Every vector that could be scored, newest version first. */
  readonly scores: readonly CvssScore[];
}

/** Words of databases that are not ours. */
const WORDS: ReadonlyMap<string, Severity> = new Map<string, Severity>([
  ['important', 'high'],
  ['moderate', 'medium'],
  ['minor', 'low'],
  ['unimportant', 'negligible'],
  ['none', 'negligible'],
]);

/**
 * The distribution's own word comes first, then the best vector (newest CVSS version, highest score), then the word of
 * the database, then the best vector that other records state about this flaw. Nothing known is `unknown`, which is not low.
 */
export function severityOf({ id, aliases, hits }: Flaw): SeverityVerdict {
  const own = scoresOf(
    hits.flatMap(({ hit, record }) => (record?.severity ?? []).map((entry) => scoreVector(entry, hit.advisory))),
  );
  const names = new Set([id, ...aliases]);
  const borrowed = scoresOf(
    hits.flatMap(({ record }) =>
      (record?.borrowedSeverity ?? [])
        .filter((entry) => entry.names.some((name) => names.has(name)))
        .map((entry) => scoreVector(entry, entry.from)),
    ),
  );
  const scores = scoresOf([...own, ...borrowed]);
  for (const { hit } of hits) {
    for (const { qualifiers } of hit.entries) {
      const severity = wordSeverity(qualifiers['severity']);
      if (severity !== undefined) return { severity, source: hit.advisory, scores };
    }
  }
  const best = own[0];
  if (best !== undefined) return { severity: severityOfScore(best), source: best.source, scores };
  const worded = hits
    .map(({ hit, record }) => ({
      severity: wordSeverity(record?.severityWord ?? ubuntuWord(record)),
      source: hit.advisory,
    }))
    .filter((word): word is { severity: Severity; source: string } => word.severity !== undefined)
    .toSorted((a, b) => severityRank(a.severity) - severityRank(b.severity));
  const worst = worded[0];
  if (worst !== undefined) return { ...worst, scores };
  const lent = borrowed[0];
  return lent === undefined
    ? { severity: 'unknown', scores }
    : { severity: severityOfScore(lent), source: lent.source, scores };
}

function scoresOf(found: readonly (CvssScore | undefined)[]): readonly CvssScore[] {
  const scores = new Map<string, CvssScore>();
  for (const score of found) if (score !== undefined && !scores.has(score.vector)) scores.set(score.vector, score);
  return [...scores.values()].sort(
    (a, b) => compareText(b.version, a.version) || b.score - a.score || compareText(a.vector, b.vector),
  );
}

function ubuntuWord(record: KnownHit['record']): string | undefined {
  return record?.severity.find(({ type }) => type === 'Ubuntu')?.score;
}

function wordSeverity(word: string | undefined): Severity | undefined {
  if (word === undefined) return undefined;
  const lower = word.toLowerCase().replaceAll('*', '');
  return WORDS.get(lower) ?? parseSeverity(lower);
}
