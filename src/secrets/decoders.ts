import { ASSIGNMENT_AFTER, ASSIGNMENT_BEFORE, assignedValue, assignmentAt } from './assignment.ts';
import { type EncodedRun, PEM_ANCHORS, PEM_REACH, runAround, URL_ANCHORS } from './base64-run.ts';
import type { AnchoredRule, Found, Site } from './rule.ts';
import { BASE64 } from './shapes/char-set.ts';
import { latin1 } from './shapes/latin1.ts';

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
  // base64 of base64 of a PEM text
  'LS0tLS1CRUdJTi',
];
const TEXT_REACH = 24 * 1024;
/** Room for a scheme before the anchor, and for a URL that is signed after it. */
const URL_BEFORE = 48;
const URL_AFTER = 1200;

/** What begins or names a secret in the UTF-16 strings of programs. */
const WIDE_TEXTS = ['://', 'assword=', 'wd=', 'Key=', 'eyJ'];
const WIDE_BEFORE = 800;
const WIDE_AFTER = 8 * 1024;

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
    id: 'utf16-text',
    title: 'UTF-16 text among other bytes',
    severity: 'high',
    anchors: WIDE_TEXTS.map(wide),
    reach: { before: WIDE_BEFORE, after: WIDE_AFTER },
    inspect: wideText,
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

/** Two bytes a letter, as Windows programs and the heap of .NET's strings hold text. */
function wide(text: string): string {
  return [...text].map((letter) => `${letter}\0`).join('');
}

/** The letters that the text begins with in base64, whatever follows it. */
function wholeLetters(text: string): string {
  return Buffer.from(text)
    .toString('base64')
    .slice(0, Math.floor((text.length * 4) / 3));
}

function asFound({ start, end, decoded }: EncodedRun): Found {
  return { verdict: 'generic', start, end, decoded };
}

function pemRun(site: Site): Found | undefined {
  const encoded = runAround(site);
  if (encoded.end - encoded.start < 100 || latin1(site.bytes, encoded.start, site.at).includes('S0tLS'))
    return undefined;
  return asFound(encoded);
}

/** A URL that is encoded by itself, from its scheme on. */
function urlRun(site: Site): Found | undefined {
  const encoded = runAround(site);
  const cut = site.at - encoded.start >= URL_BEFORE || encoded.end - site.at >= URL_AFTER;
  if (cut || encoded.from !== encoded.start) return undefined;
  const found = asFound(encoded);
  return /^[a-z][\w+.-]{1,31}:\/\/[\x21-\x7e]{8,}\s{0,2}$/i.test(textOf(found)) ? found : undefined;
}

function textOf({ decoded }: Found): string {
  return decoded === undefined ? '' : latin1(decoded, 0, decoded.length);
}

function textRun(site: Site): Found | undefined {
  if (site.at > site.start && BASE64.has[site.bytes[site.at - 1] ?? 0] === 1) return undefined;
  const encoded = runAround(site);
  if (encoded.end - encoded.start < SHORTEST_TEXT) return undefined;
  const found = asFound(encoded);
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

/** The string around a literal, one byte a letter. */
function wideText({ bytes, start: from, end: to, at }: Site): Found | undefined {
  let start = at;
  while (start - 2 >= from && isWideLetter(bytes, start - 2)) start -= 2;
  let end = at;
  while (end + 2 <= to && isWideLetter(bytes, end)) end += 2;
  if (end - start < 2 * SHORTEST_WIDE) return undefined;
  const decoded = new Uint8Array((end - start) >> 1);
  for (let index = 0; index < decoded.length; index++) decoded[index] = bytes[start + 2 * index] ?? 0;
  return { verdict: 'generic', start, end, decoded };
}

const SHORTEST_WIDE = 12;

function isWideLetter(bytes: Uint8Array, at: number): boolean {
  const low = bytes[at] ?? 0;
  return bytes[at + 1] === 0 && ((low >= 0x20 && low < 0x7f) || (low >= 0x09 && low <= 0x0d));
}

/** Printable ASCII and white space alone. */
function isText(bytes: Uint8Array): boolean {
  return bytes.every((byte) => (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09);
}
