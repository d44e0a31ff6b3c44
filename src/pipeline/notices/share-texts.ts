import type { PairedText } from './group-texts.ts';
import type { NoticeEntry } from './notice-entries.ts';

/**
 * Texts that are filed for a package stand for the other packages of its source too, where those have no licence text:
 * distributions file it with one of them. Up to `room` pairs of a text and a package; `unshared` texts are beyond that
 * (https://docs.fedoraproject.org/en-US/packaging-guidelines/LicensingGuidelines/#subpackage-licensing).
 */
export function shareTexts(
  entries: readonly NoticeEntry[],
  paired: readonly PairedText[],
  room: number,
): { readonly shared: readonly PairedText[]; readonly unshared: number } {
  const served = new Set(paired.flatMap(({ kind, entries: owners }) => (kind === 'license' ? owners : [])));
  const bare = Map.groupBy(
    entries.filter((entry) => !served.has(entry)),
    sourceOf,
  );
  if (bare.size === 0) return { shared: paired, unshared: 0 };
  let left = room;
  let unshared = 0;
  const shared = paired.map((text) => {
    if (!text.isFiled) return text;
    const sources = new Set(text.entries.map(sourceOf));
    const groups = [...sources].map((source) => bare.get(source) ?? []);
    const count = groups.reduce((sum, { length }) => sum + length, 0);
    left -= count;
    if (count > 0 && left < 0) unshared += 1;
    if (count === 0 || left < 0) return text;
    return { ...text, entries: [...new Set([...text.entries, ...groups.flat()])] };
  });
  return { shared, unshared };
}

/** A package that names no source is its own. */
function sourceOf({ packages: [first] }: NoticeEntry): string {
  const { name = '', version = '' } = first?.source ?? first ?? {};
  return [first?.type, first?.namespace, name, version].join('\0');
}
