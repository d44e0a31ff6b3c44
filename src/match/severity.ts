import { compareText } from '../bytes/compare-text.ts';
import type { Severity } from '../model/severity.ts';
import { parseSeverity, severityRank } from '../model/severity.ts';
import { type CvssScore, scoreVector, severityOfScore } from './cvss.ts';
import type { KnownHit } from './flaws.ts';

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
 * the database. Nothing known is `unknown`, which is not low.
 */
export function severityOf(hits: readonly KnownHit[]): SeverityVerdict {
  const scores = scoresOf(hits);
  for (const { hit } of hits) {
    for (const { qualifiers } of hit.entries) {
      const severity = wordSeverity(qualifiers['severity']);
      if (severity !== undefined) return { severity, source: hit.advisory, scores };
    }
  }
  const best = scores[0];
  if (best !== undefined) return { severity: severityOfScore(best), source: best.source, scores };
  const worded = hits
    .map(({ hit, record }) => ({
      severity: wordSeverity(record?.severityWord ?? ubuntuWord(record)),
      source: hit.advisory,
    }))
    .filter((word): word is { severity: Severity; source: string } => word.severity !== undefined)
    .toSorted((a, b) => severityRank(a.severity) - severityRank(b.severity));
  const worst = worded[0];
  return worst === undefined ? { severity: 'unknown', scores } : { ...worst, scores };
}

function scoresOf(hits: readonly KnownHit[]): readonly CvssScore[] {
  const scores = new Map<string, CvssScore>();
  for (const { hit, record } of hits) {
    for (const entry of record?.severity ?? []) {
      const score = scoreVector(entry, hit.advisory);
      if (score !== undefined && !scores.has(score.vector)) scores.set(score.vector, score);
    }
  }
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
