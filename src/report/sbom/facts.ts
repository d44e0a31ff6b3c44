import { compareText } from '../../bytes/compare-text.ts';
import type { Location } from '../../model/evidence.ts';
import type { Package } from '../../model/package.ts';
import { jsonText } from '../json-text.ts';

/**
 * What an SBOM format has no field for is carried as named texts in the namespace `plimsoll:` (documented in
 * `docs/reports.md`): CycloneDX properties, lines of an SPDX annotation. Written here, read by `read-sbom/`.
 */
export type Fact = readonly [name: string, value: string];

export const FACT_PREFIX = 'plimsoll:';

/** Facts of a package beyond its name and version. */
export function packageFacts(item: Package): Fact[] {
  const facts: Fact[] = [
    fact('type', item.type),
    fact('state', item.state),
    fact('hidden', String(item.state !== 'present')),
    fact('layer', String(item.locations[0].layer)),
  ];
  if (item.removedIn !== undefined) facts.push(fact('removedIn', String(item.removedIn)));
  if (item.arch !== undefined) facts.push(fact('arch', item.arch));
  if (item.source !== undefined)
    facts.push(fact('source:name', item.source.name), fact('source:version', item.source.version));
  if (item.ownedBy !== undefined) facts.push(fact('ownedBy', item.ownedBy));
  if (item.scope !== undefined) facts.push(fact('scope', item.scope));
  for (const location of item.locations) facts.push(fact('location', locationText(location)));
  for (const [name, value] of Object.entries(item.properties ?? {}).sort(byName))
    facts.push(fact(`property:${name}`, value));
  return facts;
}

/** The exact name where a format cannot hold it: `all` for formats without a field for the namespace. */
export function identityFacts(item: Package, all: boolean): Fact[] {
  const facts: Fact[] = [];
  if (all || !isPlain(item.name)) facts.push(fact('name', item.name));
  if (item.namespace !== undefined && (all || !isPlain(item.namespace))) facts.push(fact('namespace', item.namespace));
  if (!isPlain(item.version)) facts.push(fact('version', item.version));
  return facts;
}

/** A fact whose value any format can hold: text with control characters is written as a JSON string. */
export function fact(name: string, value: string): Fact {
  return [plainText(`${FACT_PREFIX}${name}`), plainText(value)];
}

/** The value as it was before `fact` made it safe. */
export function factValue(text: string): string {
  if (!text.startsWith('"')) return text;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : text;
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

/** Facts as lines of one text, for formats that have a comment and no properties: `plimsoll:state=deleted`. */
export function factLines(facts: readonly Fact[]): string {
  return facts.map(([name, value]) => `${name.replace(/[%=]/g, encodeURIComponent)}=${value}`).join('\n');
}

/** The facts of such a text; empty where it is not ours. */
export function readFactLines(text: string): readonly Fact[] {
  if (!text.startsWith(FACT_PREFIX)) return [];
  return text.split('\n').flatMap((line): Fact[] => {
    const at = line.indexOf('=');
    if (at < 0) return [];
    return [[line.slice(0, at).replaceAll('%3D', '=').replaceAll('%25', '%'), line.slice(at + 1)]];
  });
}

/** `</text>` would end a text of SPDX tag-value. */
function plainText(text: string): string {
  return isPlain(text) ? text : jsonText(text).replaceAll('<', '\\u003c');
}

/** Whether every format keeps the text as it is: no control or format character, no space at its ends. */
export function isPlain(text: string): boolean {
  return !/^"|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\ufffe\uffff]|^\s|\s$|\s\s|<\/text/u.test(text);
}

function locationText({ layer, detector, digest, path }: Location): string {
  return jsonText({ layer, path, detector, digest }).replaceAll('<', '\\u003c');
}

function byName([left]: readonly [string, string], [right]: readonly [string, string]): number {
  return compareText(left, right);
}
