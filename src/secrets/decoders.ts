import { ASSIGNMENT_AFTER, ASSIGNMENT_BEFORE, assignedValue, assignmentAt } from './assignment.ts';
import type { AnchoredRule, Found, Site } from './rule.ts';
import { BASE64 } from './shapes/char-set.ts';
import { latin1 } from './shapes/latin1.ts';

/** `-----BEGIN` in base64, at each of the three alignments a text can have. */
const PEM_ANCHORS = ['LS0tLS1CRUdJTi', '0tLS0tQkVHSU4', 'tLS0tLUJFR0lO'];
/** `://` in base64 at each alignment, with all that the letters around it can make of its first and last bits. */
const URL_ANCHORS = ['Oi8v', 'DovL', 'TovL', 'jovL', 'zovL', '6Ly8', '6Ly9'];
/** Place of an anchor's first letter in its group of four. */
const PLACE_IN_GROUP: ReadonlyMap<string, number> = new Map([
  ...PEM_ANCHORS.map((anchor, index) => [anchor, [0, 2, 3][index] ?? 0] as const),
  ...URL_ANCHORS.map((anchor, index) => [anchor, index === 0 ? 0 : index < 5 ? 1 : 3] as const),
]);
/** How texts begin that are kept encoded as a whole: tokens, registry logins, AWS settings, scripts of a first boot. */
const BEGINNINGS = [
  'eyJ',
  '{"auths"',
  '{\n  "auths"',
  '{\n    "auths"',
  '{\n\t"auths"',
  '[default]',
  '#!/bin/',
  '#cloud-config',
];
const PEM_REACH = 44 * 1024;
const TEXT_REACH = 24 * 1024;
/** Room for a scheme before the anchor, and for a URL that is signed after it. */
const URL_BEFORE = 48;
const URL_AFTER = 1200;

const NO_SAMPLES = { hits: () => [], misses: () => [] };

/**
 * Not rules of their own: they find encoded texts in places where secrets are kept, and what these decode to is
 * scanned by the rules. Kubernetes secrets, kubeconfigs and CI variables hold base64 of PEM, of tokens and of URLs.
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
    id: 'base64-of-url',
    title: 'Base64 of a URL',
    severity: 'high',
    anchors: URL_ANCHORS,
    reach: { before: URL_BEFORE, after: URL_AFTER },
    inspect: urlRun,
    samples: NO_SAMPLES,
  },
  {
    id: 'base64-of-text',
    title: 'Base64 of a text that holds secrets',
    severity: 'high',
    anchors: BEGINNINGS.map(wholeLetters),
    reach: { before: 1, after: TEXT_REACH },
    inspect: textRun,
    samples: NO_SAMPLES,
  },
  {
    id: 'base64-of-value',
    title: 'Base64 of a value given to a name',
    severity: 'high',
    words: [
      'token',
      'secret',
      'passw',
      'api_key',
      'apikey',
      'api-key',
      'credential',
      '_b64',
      'base64',
      'access_key',
      'storage_key',
      'connection_string',
    ],
    reach: { before: ASSIGNMENT_BEFORE, after: ASSIGNMENT_AFTER },
    inspect: namedValue,
    samples: NO_SAMPLES,
  },
];

/** The letters that the text begins with in base64, whatever follows it. */
function wholeLetters(text: string): string {
  return Buffer.from(text)
    .toString('base64')
    .slice(0, Math.floor((text.length * 4) / 3));
}

interface Encoded {
  readonly start: number;
  readonly end: number;
  /** Where the first whole group of four begins. */
  readonly from: number;
}

/** The letters of base64 around an anchor. */
function runAround(site: Site): Encoded {
  let start = site.at;
  while (start > site.start && BASE64.has[site.bytes[start - 1] ?? 0] === 1) start--;
  let end = site.at;
  let line = start;
  while (end < site.end) {
    if (BASE64.has[site.bytes[end] ?? 0] === 1) end++;
    else if (end - line >= SHORTEST_LINE && wraps(site, end)) line = end += site.bytes[end] === CARRIAGE_RETURN ? 2 : 1;
    else break;
  }
  const padded = Math.min(site.end, end + 2);
  while (end < padded && site.bytes[end] === EQUALS) end++;
  const place = PLACE_IN_GROUP.get(latin1(site.bytes, site.at, site.at + site.length)) ?? 0;
  return { start, end, from: start + ((((site.at - start - place) % 4) + 4) % 4) };
}

/** Letters ahead of a break that only wraps the text; tools break lines at 64 or 76. */
const SHORTEST_LINE = 60;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const EQUALS = 0x3d;

function wraps({ bytes, end }: Site, at: number): boolean {
  const next = bytes[at] === CARRIAGE_RETURN && bytes[at + 1] === LINE_FEED ? at + 2 : at + 1;
  return (bytes[at] === LINE_FEED || next === at + 2) && next < end && BASE64.has[bytes[next] ?? 0] === 1;
}

function decode(site: Site, { start, end, from }: Encoded): Found {
  return { verdict: 'generic', start, end, decoded: Buffer.from(latin1(site.bytes, from, end), 'base64') };
}

function pemRun(site: Site): Found | undefined {
  const encoded = runAround(site);
  if (encoded.end - encoded.start < 100 || latin1(site.bytes, encoded.start, site.at).includes('S0tLS'))
    return undefined;
  return decode(site, encoded);
}

/** A URL that is encoded by itself, from its scheme on. */
function urlRun(site: Site): Found | undefined {
  const encoded = runAround(site);
  const cut = site.at - encoded.start >= URL_BEFORE || encoded.end - site.at >= URL_AFTER;
  if (cut || encoded.from !== encoded.start) return undefined;
  const found = decode(site, encoded);
  return /^[a-z][\w+.-]{1,31}:\/\/[\x21-\x7e]{8,}\s{0,2}$/i.test(textOf(found)) ? found : undefined;
}

function textOf({ decoded }: Found): string {
  return decoded === undefined ? '' : latin1(decoded, 0, decoded.length);
}

function textRun(site: Site): Found | undefined {
  if (site.at > site.start && BASE64.has[site.bytes[site.at - 1] ?? 0] === 1) return undefined;
  const encoded = runAround(site);
  if (encoded.end - encoded.start < SHORTEST_TEXT) return undefined;
  const found = decode(site, encoded);
  return found.decoded !== undefined && isText(found.decoded) ? found : undefined;
}

const SHORTEST_TEXT = 40;

function namedValue(site: Site): Found | undefined {
  const assignment = assignmentAt(site.bytes, site, site.at, site.length);
  if (assignment === undefined || assignment.end - assignment.start < SHORTEST_ENCODED) return undefined;
  const value = assignedValue(site.bytes, assignment);
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return undefined;
  const decoded = Buffer.from(value, 'base64');
  if (decoded.length < 12 || !isText(decoded)) return undefined;
  return { verdict: 'generic', start: assignment.start, end: assignment.end, decoded };
}

const SHORTEST_ENCODED = 20;

/** Printable ASCII and white space alone. */
function isText(bytes: Uint8Array): boolean {
  return bytes.every((byte) => (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09);
}
