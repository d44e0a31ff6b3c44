import { isRecord } from '../../bytes/json.ts';
import type { KevEntry } from '../sections/kev.ts';
import type { SourceTally } from './feed-report.ts';

const CVE = /^CVE-\d{4}-\d{4,19}$/;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** Entries of CISA's KEV JSON (https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities_schema.json). */
export function readKevFeed(feed: unknown, tally: SourceTally): readonly KevEntry[] {
  const rows: readonly unknown[] =
    isRecord(feed) && Array.isArray(feed['vulnerabilities']) ? feed['vulnerabilities'] : [];
  return rows.flatMap((row, at) => {
    const fields = isRecord(row) ? row : {};
    const { cveID: cve, dateAdded: added, dueDate: due, knownRansomwareCampaignUse: use } = fields;
    if (typeof cve !== 'string' || !CVE.test(cve) || typeof added !== 'string' || !DAY.test(added)) {
      tally.skip('no CVE id or date', `entry ${at}`);
      return [];
    }
    tally.read(`${added}T00:00:00Z`);
    return [{ cve, added, ...(typeof due === 'string' && DAY.test(due) ? { due } : {}), ransomware: use === 'Known' }];
  });
}
