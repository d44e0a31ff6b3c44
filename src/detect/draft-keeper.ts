import type { PackageDraft } from '../model/package.ts';

/** Texts cut from a file keep all of it alive; below this size that costs less than a copy. */
const COPIED_BYTES = 2048;
/** V8 copies texts up to this length instead of pointing into the longer one. */
const COPIED_CHARACTERS = 12;

/**
 * Makes drafts ready to be kept to the end: with texts of their own instead of parts of the file's, names that packages
 * need or provide once each, and no more of them than may be kept.
 */
export class DraftKeeper {
  readonly #limit: number;
  readonly #names = new Map<string, string>();
  #relations = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Names that all drafts need or provide, those beyond the limit among them. */
  get relations(): number {
    return this.#relations;
  }

  /** The draft of a file of so many bytes; without what it needs and provides where that is beyond the limit. */
  keep(draft: PackageDraft, fileBytes: number): PackageDraft {
    const { dependsOn = [], provides = [], ...rest } = draft;
    this.#relations += relationsOf(draft);
    const isOver = this.#relations > this.#limit;
    if (fileBytes <= COPIED_BYTES) return isOver ? rest : draft;
    return {
      ...structuredClone(rest),
      ...(dependsOn.length === 0 || isOver ? {} : { dependsOn: dependsOn.map(this.#name) }),
      ...(provides.length === 0 || isOver ? {} : { provides: provides.map(this.#name) }),
    };
  }

  readonly #name = (name: string): string => {
    if (name.length <= COPIED_CHARACTERS) return name;
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const own = Buffer.from(name).toString();
    this.#names.set(own, own);
    return own;
  };
}

/** Names that a package needs or provides. */
export function relationsOf({ dependsOn = [], provides = [] }: PackageDraft): number {
  return dependsOn.length + provides.length;
}
