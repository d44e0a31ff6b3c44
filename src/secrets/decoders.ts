import { ASSIGNMENT_AFTER, ASSIGNMENT_BEFORE, assignedValue, assignmentAt } from './assignment.ts';
import type { AnchoredRule, Found, Site } from './rule.ts';
import { BASE64, BASE64_PADDED } from './shapes/char-set.ts';
import { latin1 } from './shapes/latin1.ts';

/** `-----BEGIN` in base64, at each of the three alignments a text can have. */
const PEM_ANCHORS = ['LS0tLS1CRUdJTi', '0tLS0tQkVHSU4', 'tLS0tLUJFR0lO'];
/** Letters of the anchor ahead of the next group of four, modulo 4. */
const ALIGNED_AT = [0, 2, 3];
const PEM_REACH = 44 * 1024;

const NO_SAMPLES = { hits: () => [], misses: () => [] };

/**
 * Not rules of their own: they find encoded texts in places where secrets are kept, and what these decode to is
 * scanned by the rules. Kubernetes secrets, kubeconfigs and CI variables hold base64 of PEM and of tokens.
 */
export const DECODERS: readonly AnchoredRule[] = [
  {
    id: 'base64-of-pem',
    title: 'Base64 of a PEM text',
    severity: 'critical',
    anchors: PEM_ANCHORS,
    reach: { before: 256, after: PEM_REACH },
    inspect: pemRun,
    samples: NO_SAMPLES,
  },
  {
    id: 'base64-of-value',
    title: 'Base64 of a value given to a name',
    severity: 'high',
    words: ['token', 'secret', 'passw', 'api_key', 'apikey', 'api-key', 'credential', '_b64', 'base64', 'access_key'],
    reach: { before: ASSIGNMENT_BEFORE, after: ASSIGNMENT_AFTER },
    inspect: namedValue,
    samples: NO_SAMPLES,
  },
];

function pemRun(site: Site): Found | undefined {
  let start = site.at;
  while (start > site.start && BASE64.has[site.bytes[start - 1] ?? 0] === 1) start--;
  let end = site.at;
  while (end < site.end && BASE64_PADDED.has[site.bytes[end] ?? 0] === 1) end++;
  const alignment = PEM_ANCHORS.indexOf(latin1(site.bytes, site.at, site.at + site.length));
  const phase = (((site.at - start - (ALIGNED_AT[alignment] ?? 0)) % 4) + 4) % 4;
  if (end - start < 100 || latin1(site.bytes, start, site.at).includes('S0tLS')) return undefined;
  return { verdict: 'generic', start, end, decoded: Buffer.from(latin1(site.bytes, start + phase, end), 'base64') };
}

function namedValue(site: Site): Found | undefined {
  const assignment = assignmentAt(site.bytes, site, site.at, site.length);
  if (assignment === undefined || assignment.end - assignment.start < SHORTEST_ENCODED) return undefined;
  const value = assignedValue(site.bytes, assignment);
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return undefined;
  const decoded = Buffer.from(value, 'base64');
  if (!/^[\x20-\x7e\r\n\t]{12,}$/.test(decoded.toString('latin1'))) return undefined;
  return { verdict: 'generic', start: assignment.start, end: assignment.end, decoded };
}

const SHORTEST_ENCODED = 20;
