import { PlimsollError } from '../../errors.ts';
import { encodeCanonical, parseCanonical } from '../canonical-json.ts';
import { DocumentReader } from '../document.ts';

/** An entry of CISA's catalog of known exploited vulnerabilities (https://www.cisa.gov/known-exploited-vulnerabilities-catalog). */
export interface KevEntry {
  readonly cve: string;
  /** Date it was added, `2021-12-10`. */
  readonly added: string;
  /** Date by which US agencies must have acted. */
  readonly due?: string;
  /** Whether its use by ransomware groups is known. */
  readonly ransomware: boolean;
}

const KEV_ENTRIES = 1_000_000;
const CVE = /^CVE-\d{4}-\d{4,19}$/;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** Section `kev`: `{"CVE-…":["added","due or empty",0|1],…}` in canonical JSON. */
export function encodeKev(entries: readonly KevEntry[]): Uint8Array {
  const rows = entries.map(({ cve, added, due, ransomware }) => [cve, [added, due ?? '', ransomware ? 1 : 0]] as const);
  return encodeCanonical(Object.fromEntries(rows));
}

/** Throws PLM_BUNDLE_INDEX. */
export function parseKev(bytes: Uint8Array): ReadonlyMap<string, KevEntry> {
  const fields = new DocumentReader(
    parseCanonical(bytes, 'section kev', 'PLM_BUNDLE_INDEX'),
    'section kev',
    'PLM_BUNDLE_INDEX',
  );
  const entries = new Map<string, KevEntry>();
  for (const cve of fields.names()) {
    const [added, due, ransomware] = fields.list(cve, 3);
    if (!CVE.test(cve) || entries.size >= KEV_ENTRIES || !isDay(added) || typeof due !== 'string') throw refuse(cve);
    if (due !== '' && !DAY.test(due)) throw refuse(cve);
    entries.set(cve, { cve, added, ...(due === '' ? {} : { due }), ransomware: ransomware === 1 });
  }
  return entries;
}

function isDay(value: unknown): value is string {
  return typeof value === 'string' && DAY.test(value);
}

function refuse(cve: string): PlimsollError {
  return new PlimsollError('PLM_BUNDLE_INDEX', `section kev: the entry of ${cve} is malformed`);
}
