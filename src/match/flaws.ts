import type { AdvisoryRecord } from '../bundle/index/open-advisories.ts';
import { family } from '../versions/ecosystem.ts';
import type { Hit } from './look-up.ts';

export interface KnownHit {
  readonly hit: Hit;
  readonly record: AdvisoryRecord | undefined;
  /** Functions the record is about that programs hold, where that can be told. */
  readonly linked?: readonly string[];
}

/** One flaw of one package: all names it has, and the records that speak about it. */
export interface Flaw {
  /** The CVE id where it has one. */
  readonly id: string;
  readonly aliases: readonly string[];
  readonly hits: readonly KnownHit[];
}

/** Feeds that name the CVEs of an advisory in `related` only. */
const CVES_IN_RELATED: ReadonlySet<string> = new Set(['AlmaLinux', 'Rocky Linux', 'SUSE', 'openSUSE', 'Azure Linux']);

const CVE = /^CVE-\d{4}-\d+$/;

/**
 * Groups the records that matched one package by flaw. Ids in `aliases` are one flaw. A distribution's advisory without
 * aliases covers every CVE it names in `upstream` (or `related`): it joins each of them and merges none.
 */
export function groupByFlaw(hits: readonly KnownHit[]): readonly Flaw[] {
  if (hits.length === 0) return [];
  const sets = new DisjointNames();
  const keys = hits.map((known) => flawNames(known));
  for (const { names, merged } of keys) {
    for (const name of names) sets.add(name);
    if (merged) for (const name of names.slice(1)) sets.union(names[0] ?? name, name);
  }
  const groups = new Map<string, KnownHit[]>();
  for (const [index, known] of hits.entries()) {
    for (const root of new Set(keys[index]?.names.map((name) => sets.root(name)))) {
      const group = groups.get(root);
      if (group === undefined) groups.set(root, [known]);
      else group.push(known);
    }
  }
  const members = sets.members();
  return [...groups].map(([root, known]) => flawOf(members.get(root) ?? [], known));
}

function flawNames({ hit, record }: KnownHit): { readonly names: readonly string[]; readonly merged: boolean } {
  const own = [hit.advisory, ...(record?.aliases ?? [])];
  if (record === undefined || own.length > 1 || CVE.test(hit.advisory)) return { names: own, merged: true };
  const inRelated = CVES_IN_RELATED.has(family(hit.candidate.segment)) ? record.related : [];
  const covered = record.upstream.length > 0 ? record.upstream : inRelated;
  const cves = covered.filter((name) => CVE.test(name));
  if (cves.length === 1) return { names: covered, merged: true };
  if (cves.length > 1) return { names: cves, merged: false };
  return record.upstream.length > 0 ? { names: record.upstream, merged: false } : { names: own, merged: true };
}

function flawOf(names: readonly string[], hits: readonly KnownHit[]): Flaw {
  const sorted = names.toSorted(byName);
  const id = sorted.find((name) => CVE.test(name)) ?? sorted[0] ?? '';
  return { id, aliases: sorted.filter((name) => name !== id), hits };
}

/** Numbers within ids count as numbers: CVE-2021-9999 is before CVE-2021-10000. */
function byName(a: string, b: string): number {
  const split = (name: string) => name.split('-');
  const left = split(a);
  const right = split(b);
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const x = left[i] ?? '';
    const y = right[i] ?? '';
    if (x === y) continue;
    const numeric = /^\d+$/.test(x) && /^\d+$/.test(y) && x.length !== y.length;
    return numeric ? x.length - y.length : x < y ? -1 : 1;
  }
  return left.length - right.length;
}

/** Union-find over names. */
export class DisjointNames {
  readonly #parent = new Map<string, string>();

  add(name: string): void {
    if (!this.#parent.has(name)) this.#parent.set(name, name);
  }

  root(name: string): string {
    let current = name;
    for (
      let parent = this.#parent.get(current);
      parent !== undefined && parent !== current;
      parent = this.#parent.get(current)
    ) {
      this.#parent.set(current, this.#parent.get(parent) ?? parent);
      current = parent;
    }
    return current;
  }

  union(a: string, b: string): void {
    this.#parent.set(this.root(b), this.root(a));
  }

  /** All names by the root of their set. */
  members(): ReadonlyMap<string, readonly string[]> {
    return Map.groupBy(this.#parent.keys(), (name) => this.root(name));
  }
}
