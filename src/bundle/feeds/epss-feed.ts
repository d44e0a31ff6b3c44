import { type EpssRow, isEpssCve } from '../sections/epss.ts';
import type { SourceTally } from './feed-report.ts';

/**
 * Rows of FIRST's EPSS CSV: a comment line with `score_date:…`, a header line, then `cve,epss,percentile`
 * (https://www.first.org/epss/data_stats).
 */
export function readEpssFeed(csv: string, tally: SourceTally): readonly EpssRow[] {
  const rows: EpssRow[] = [];
  const date = /score_date:(\d{4}-\d\d-\d\d)/.exec(csv.slice(0, 500))?.[1];
  for (const [at, line] of csv.split('\n').entries()) {
    if (line === '' || line.startsWith('#') || line.startsWith('cve,')) continue;
    const [cve = '', score = '', percentile = ''] = line.trimEnd().split(',');
    const row = { cve, score: Number(score), percentile: Number(percentile) };
    if (isEpssCve(cve) && score !== '' && percentile !== '' && isShare(row.score) && isShare(row.percentile)) {
      rows.push(row);
      tally.read(date === undefined ? '' : `${date}T00:00:00Z`);
    } else tally.skip('not cve,epss,percentile', `line ${at + 1}`);
  }
  return rows;
}

function isShare(value: number): boolean {
  return value >= 0 && value <= 1;
}
