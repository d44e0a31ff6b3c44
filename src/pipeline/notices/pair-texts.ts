import { counted } from '../../model/counted.ts';
import type { Problem } from '../../model/problem.ts';
import { commonLicensesOf, isCommonLicense } from './common-licenses.ts';
import type { PairedText } from './group-texts.ts';
import type { NoticeEntries, NoticeEntry } from './notice-entries.ts';
import { pairText, type TextPlaces } from './pair-text.ts';
import { shareTexts } from './share-texts.ts';
import type { StoredText } from './text-store.ts';

/** Texts times packages: large images have ten thousand. */
const MOST_PAIRS = 500_000;
/** Names of common licences that are looked for: Debian has twenty. */
const MOST_NAMES = 1000;

export interface PairedTexts {
  readonly paired: readonly PairedText[];
  /** What texts refer to, and the image does not hold. */
  readonly unheld: readonly Problem[];
  /** True where the image holds no common licence at all. */
  readonly isBare: boolean;
  /** Texts that stand for too many packages. */
  readonly lost: readonly Problem[];
}

/** Gives each text its owners; one that only names a common licence brings that along. */
export function pairTexts(
  files: readonly StoredText[],
  textOf: (id: string) => string,
  { entries, places }: { readonly entries: NoticeEntries; readonly places: TextPlaces },
): PairedTexts {
  const paired: PairedText[] = [];
  const references = new References(textOf);
  let pairs = 0;
  let dropped = 0;
  for (const file of files) {
    const owners = isCommonLicense(file.path) ? undefined : pairText(file.path, places);
    if (owners === undefined) continue;
    const referred = references.of(file);
    pairs += owners.entries.length * (1 + referred.length);
    if (pairs > MOST_PAIRS) dropped += 1;
    else {
      paired.push({ ...file, ...owners });
      references.note(referred, owners.entries);
    }
  }
  const common = new Map(files.filter(({ path }) => isCommonLicense(path)).map((file) => [file.path, file]));
  const unheld: Problem[] = [];
  for (const [path, { owners, count }] of references.noted) {
    const file = common.get(path);
    if (file !== undefined) paired.push({ ...file, kind: 'license', entries: [...owners], isFiled: true });
    else {
      const detail = `${counted(count, 'text')} of the image ${count === 1 ? 'refers' : 'refer'} to this licence, which it does not hold`;
      unheld.push({ code: 'PLM_NOTICE_MISSING', path, detail });
    }
  }
  const { shared, unshared } = shareTexts(entries.all, paired, MOST_PAIRS - pairs);
  return {
    paired: shared,
    unheld,
    isBare: common.size === 0,
    lost: [
      ...beyond(dropped, 'not in the notices'),
      ...beyond(unshared, 'not given to the other packages of their sources'),
      ...beyond(references.passedOver, 'the common licences they refer to are not in the notices'),
    ],
  };
}

function beyond(count: number, loss: string): readonly Problem[] {
  if (count === 0) return [];
  const detail = `${counted(count, 'text')} beyond what one document pairs with packages: ${loss}`;
  return [{ code: 'PLM_NOTICE_LIMIT', detail }];
}

/** Which common licences texts refer to, and for whom. */
class References {
  readonly noted = new Map<string, { readonly owners: Set<NoticeEntry>; count: number }>();
  /** References beyond as many different ones as are looked for. */
  passedOver = 0;
  readonly #textOf: (id: string) => string;
  /** Many files have one text. */
  readonly #names = new Map<string, readonly string[]>();

  constructor(textOf: (id: string) => string) {
    this.#textOf = textOf;
  }

  of({ id, path }: StoredText): readonly string[] {
    const names = this.#names.get(id) ?? commonLicensesOf(this.#textOf(id), MOST_NAMES);
    this.#names.set(id, names);
    return names.map((name) => `${rootOfText(path)}${name}`);
  }

  note(paths: readonly string[], owners: readonly NoticeEntry[]): void {
    for (const path of paths) {
      const known = this.noted.get(path) ?? { owners: new Set<NoticeEntry>(), count: 0 };
      if (known.count === 0 && this.noted.size >= MOST_NAMES) {
        this.passedOver += 1;
        continue;
      }
      known.count += 1;
      for (const owner of owners) known.owners.add(owner);
      this.noted.set(path, known);
    }
  }
}

/** The root file system in the image that a text belongs to. */
function rootOfText(path: string): string {
  const at = path.includes('!/') ? -1 : path.indexOf('/usr/share/');
  return at < 0 ? '' : path.slice(0, at);
}
