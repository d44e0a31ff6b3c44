import { PackageURL } from 'packageurl-js';
import { PlimsollError } from '../../errors.ts';
import type { ArchiveQuery, SearchHit } from '../../store/archive-store.ts';
import { parseVersionCondition } from '../../store/version-condition.ts';

/** What a user asks the archive for: a place that any of the queries finds and that is `wanted` answers. */
export interface Search {
  readonly queries: readonly ArchiveQuery[];
  wanted(hit: SearchHit): boolean;
}

const DIGEST_LENGTHS: Readonly<Record<string, number>> = { sha256: 64, sha512: 128, record: 64 };

/**
 * `NAME [OPERATOR VERSION]`, `NAMESPACE/NAME`, `GROUP:NAME`, a purl, the id of an advisory, or a digest; a name without
 * version may be either a package's or an advisory's. Throws PLM_USAGE.
 */
export function parseSearch(text: string, type: string | undefined): Search {
  const [, algorithm, digits] = /^(sha256|sha512|record):([0-9a-f]+)$/i.exec(text) ?? [];
  if (algorithm !== undefined && digits !== undefined) return digestSearch(algorithm.toLowerCase(), digits);
  if (text.startsWith('pkg:')) return purlSearch(text);
  const { name, condition } = parseVersionCondition(text);
  const { namespace, base } = splitName(name);
  const advisories = condition === undefined && type === undefined ? advisoryIds(name) : [];
  return {
    queries: [
      { kind: 'package', name: base, ...(type === undefined ? {} : { type }) },
      ...advisories.map((id) => ({ kind: 'vulnerability' as const, id })),
    ],
    wanted: (hit) =>
      (condition === undefined || condition.holds(hit.what, hit.version ?? '')) &&
      (namespace === undefined || parsedPurl(hit.what)?.namespace === namespace),
  };
}

/** How an advisory's id may be spelled where a user wrote it in other letters: feeds write `CVE-2021-44228`, `GHSA-jfh8-c2jp-5v3q`. */
export function advisoryIds(text: string): readonly string[] {
  const upper = text.toUpperCase();
  return [...new Set([text, upper, upper.startsWith('GHSA-') ? `GHSA-${text.slice(5).toLowerCase()}` : upper])];
}

function digestSearch(algorithm: string, digits: string): Search {
  if (digits.length !== DIGEST_LENGTHS[algorithm])
    throw new PlimsollError('PLM_USAGE', `"${algorithm}:${digits}" is no whole digest`, {
      hint: `after ${algorithm}: come ${DIGEST_LENGTHS[algorithm]} digits`,
    });
  return { queries: [{ kind: 'digest', digest: `${algorithm}:${digits.toLowerCase()}` }], wanted: () => true };
}

function purlSearch(text: string): Search {
  const purl = parsedPurl(text);
  if (purl === undefined)
    throw new PlimsollError('PLM_USAGE', `"${text}" is no purl`, {
      hint: 'write pkg:TYPE/NAME or pkg:TYPE/NAME@VERSION',
    });
  return {
    queries: [{ kind: 'package', name: purl.name, type: purl.type }],
    wanted: (hit) =>
      parsedPurl(hit.what)?.namespace === purl.namespace &&
      (purl.version === undefined || purl.version === hit.version),
  };
}

function parsedPurl(text: string):
  | {
      readonly type: string;
      readonly namespace: string | undefined;
      readonly name: string;
      readonly version: string | undefined;
    }
  | undefined {
  try {
    const { type, namespace, name, version } = PackageURL.fromString(text);
    return name == null || type == null
      ? undefined
      : { type, namespace: namespace ?? undefined, name, version: version ?? undefined };
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** `@scope/name`, `golang.org/x/net` and `group:artifact` have a namespace before the last separator. */
function splitName(name: string): { readonly namespace: string | undefined; readonly base: string } {
  const at = Math.max(name.lastIndexOf('/'), name.lastIndexOf(':'));
  return at <= 0 ? { namespace: undefined, base: name } : { namespace: name.slice(0, at), base: name.slice(at + 1) };
}
