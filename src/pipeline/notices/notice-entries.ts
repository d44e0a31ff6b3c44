import { compareText } from '../../bytes/compare-text.ts';
import type { Package } from '../../model/package.ts';

/** What gets one place in the notices: the packages of one type, name and version, and what the first ones installed. */
export interface NoticeEntry {
  readonly packages: readonly Package[];
  /** Packages of other kinds that lie in files of these. */
  readonly includes: readonly Package[];
}

/** The entries of the final file system, sorted by name, version, type and namespace, and the one of each package. */
export interface NoticeEntries {
  readonly all: readonly NoticeEntry[];
  of(id: Package['id']): NoticeEntry | undefined;
}

/** Joins copies of one version, and puts what an operating system package owns under its owner. */
export function noticeEntries(packages: readonly Package[]): NoticeEntries {
  const present = new Map(packages.filter(({ state }) => state === 'present').map((found) => [found.id, found]));
  const entries = new Map<string, { readonly packages: Package[]; readonly includes: Package[] }>();
  const byId = new Map<Package['id'], NoticeEntry>();
  for (const found of present.values()) {
    const owner = found.ownedBy === undefined ? undefined : present.get(found.ownedBy);
    const key = entryKey(owner ?? found);
    const entry = entries.get(key) ?? { packages: [], includes: [] };
    (owner === undefined ? entry.packages : entry.includes).push(found);
    entries.set(key, entry);
    byId.set(found.id, entry);
  }
  const all = [...entries].filter(([, entry]) => entry.packages.length > 0);
  return {
    all: all.sort(([left], [right]) => compareText(left, right)).map(([, entry]) => entry),
    of: (id) => byId.get(id),
  };
}

function entryKey({ type, namespace = '', name, version }: Package): string {
  return [name, version, type, namespace].join('\0');
}
