import parseExpression from 'spdx-expression-parse';
import deprecatedIds from 'spdx-license-ids/deprecated.json' with { type: 'json' };
import currentIds from 'spdx-license-ids/index.json' with { type: 'json' };
import { LICENSE_ADDRESSES, LICENSE_NAMES } from './license-names.ts';

/** Longer texts are licence texts, not names: they are kept as they are, cut to this length. */
const NAME_LENGTH = 400;
const CACHED_TEXTS = 4096;

const idsByLowerCase = new Map([...deprecatedIds, ...currentIds].map((id) => [id.toLowerCase(), id]));
const names = new Map(Object.entries(LICENSE_NAMES));
const addresses = new Map(Object.entries(LICENSE_ADDRESSES));
/** Images declare the same few texts thousands of times. */
const known = new Map<string, string>();

/** Each declared text as an SPDX expression where that is sound, else as declared; without repeats, in the order given. */
export function normalizeLicenses(declared: readonly string[]): string[] {
  return [...new Set(declared.map(normalizeLicense).filter((text) => text !== ''))];
}

/**
 * A declared licence as an SPDX expression (https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/), or the
 * trimmed text where no expression means surely the same. Nothing is invented: "BSD" stays "BSD".
 */
export function normalizeLicense(declared: string): string {
  const text = declared.trim().slice(0, NAME_LENGTH);
  const before = known.get(text);
  if (before !== undefined) return before;
  const normalized = spdxExpression(text) ?? text;
  if (known.size < CACHED_TEXTS) known.set(text, normalized);
  return normalized;
}

/** The SPDX expression a text is or surely means; undefined where there is none. */
export function spdxExpression(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > NAME_LENGTH) return undefined;
  return licenseNamed(trimmed) ?? soundExpression(trimmed);
}

function licenseNamed(text: string): string | undefined {
  const id = idsByLowerCase.get(text.toLowerCase());
  if (id !== undefined) return id;
  const name = text
    .toLowerCase()
    .replace(/[\s,_-]+/g, ' ')
    .replace(/^the /, '')
    .replace(/[.;]$/, '')
    .trim();
  return names.get(name) ?? (name.includes('/') ? addressed(text.toLowerCase()) : undefined);
}

function addressed(text: string): string | undefined {
  const address = text
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/(?:\.(?:txt|html|php|en\.html))?\/?$/, '');
  return addresses.get(address);
}

/** Ids in any letter case and `/` or `|` between them are repaired; then the grammar decides. */
function soundExpression(text: string): string | undefined {
  const words = text
    .replace(/[()]/g, ' $& ')
    .split(/\s+/)
    .filter((word) => word !== '')
    .map(expressionWord);
  const expression = words.join(' ').replace(/\( /g, '(').replace(/ \)/g, ')');
  return isExpression(expression) ? expression : undefined;
}

function expressionWord(word: string): string {
  const upper = word.toUpperCase();
  if (upper === 'AND' || upper === 'OR' || upper === 'WITH') return upper;
  const plus = word.endsWith('+') ? '+' : '';
  const id = idsByLowerCase.get(word.slice(0, word.length - plus.length).toLowerCase());
  return id === undefined ? word : id + plus;
}

function isExpression(text: string): boolean {
  try {
    parseExpression(text);
    return true;
  } catch {
    // The parser has no other way to say no.
    return false;
  }
}
