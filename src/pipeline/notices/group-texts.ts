import { compareText } from '../../bytes/compare-text.ts';
import { BUNDLES_FACT } from '../../detect/bundles.ts';
import type { NoticeKind, NoticePackage, NoticeText } from '../../model/notices.ts';
import type { NoticeEntry } from './notice-entries.ts';
import type { TextOwners } from './pair-text.ts';
import type { StoredText } from './text-store.ts';

/** A file whose text is known, with the entries it stands for. */
export type PairedText = StoredText & TextOwners;

const KINDS: readonly NoticeKind[] = ['license', 'notice', 'authors'];

interface Group {
  kind: NoticeKind;
  readonly files: Map<string, { readonly path: string; readonly layer: number }>;
  /** Positions of entries. */
  readonly owners: Set<number>;
}

/** Puts each distinct text down once, with its files and packages, and names the texts of each package. */
export function groupTexts(
  entries: readonly NoticeEntry[],
  files: readonly PairedText[],
  textOf: (id: string) => string,
): { readonly packages: readonly NoticePackage[]; readonly texts: readonly NoticeText[] } {
  const positions = new Map(entries.map((entry, position) => [entry, position]));
  const groups = new Map<string, Group>();
  for (const { id, kind, path, layer, entries: owners } of files) {
    const group = groups.get(id) ?? { kind, files: new Map(), owners: new Set<number>() };
    groups.set(id, group);
    if (KINDS.indexOf(kind) < KINDS.indexOf(group.kind)) group.kind = kind;
    group.files.set(path, { path, layer });
    for (const owner of owners) group.owners.add(positions.get(owner) ?? -1);
  }
  const ordered = [...groups]
    .map(([id, { kind, files: places, owners }]) => ({
      id,
      kind,
      files: [...places.values()].sort((left, right) => compareText(left.path, right.path)),
      owners: [...owners].sort((left, right) => left - right),
    }))
    .sort(
      (left, right) =>
        compareOwners(left.owners, right.owners) ||
        KINDS.indexOf(left.kind) - KINDS.indexOf(right.kind) ||
        byFirstFile(left.files, right.files),
    );
  const textsOf = new Map<number, string[]>();
  for (const { id, owners } of ordered) {
    for (const owner of owners) {
      const ids = textsOf.get(owner) ?? [];
      ids.push(id);
      textsOf.set(owner, ids);
    }
  }
  const packages = entries.map((entry, position) => toNoticePackage(entry, textsOf.get(position) ?? []));
  const texts = ordered.map(({ id, kind, files: places, owners }) => ({
    id,
    kind,
    files: places,
    packages: owners.flatMap((owner) => packages[owner]?.id ?? []),
    text: textOf(id),
  }));
  return { packages, texts };
}

/** By the first entry; what has none comes last. */
function compareOwners(left: readonly number[], right: readonly number[]): number {
  return (left[0] ?? Number.MAX_SAFE_INTEGER) - (right[0] ?? Number.MAX_SAFE_INTEGER);
}

function byFirstFile(left: NoticeText['files'], right: NoticeText['files']): number {
  return compareText(left[0]?.path ?? '', right[0]?.path ?? '');
}

function toNoticePackage({ packages, includes }: NoticeEntry, texts: readonly string[]): NoticePackage {
  const [first] = packages;
  const copies = packages.flatMap(({ properties }) => properties?.[BUNDLES_FACT]?.split(' ') ?? []);
  const inside = sorted([...includes.map(({ purl }) => purl), ...copies]);
  const purls = sorted(packages.map(({ purl }) => purl));
  if (first === undefined || purls[0] === undefined) throw new Error('an entry without a package');
  const { type, namespace, name, version } = first;
  return {
    id: purls[0],
    type,
    ...(namespace === undefined ? {} : { namespace }),
    name,
    version,
    purls,
    licenses: sorted(packages.flatMap(({ licenses }) => licenses)),
    texts,
    ...(inside.length === 0 ? {} : { includes: inside }),
  };
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort(compareText);
}
