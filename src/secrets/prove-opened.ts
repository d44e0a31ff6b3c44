import type { SecretDraft } from './draft.ts';
import { opensSealed, type SealedText } from './keys/sealed-text.ts';

/** A sealed text and the file it is. */
export interface SealedFile {
  readonly path: string;
  readonly sealed: SealedText;
}

/** Sealed files, and keys, that are tried with each other; the rest proves nothing. */
const MOST_TRIED = 64;

/** The sealed files among drafts, the first ones in their order. */
export function sealedTexts(drafts: readonly SecretDraft[]): readonly SealedFile[] {
  return drafts
    .flatMap(({ path, join }) =>
      (join ?? []).flatMap((key) => (key.kind === 'sealed' ? [{ path, sealed: key.sealed }] : [])),
    )
    .slice(0, MOST_TRIED);
}

/** Tries keys on the sealed files of an image. Bounded: of many keys only the first ones are tried. */
export class SealProver {
  readonly #sealed: readonly SealedFile[];
  readonly #opened = new Map<string, SealedFile | undefined>();

  constructor(sealed: readonly SealedFile[]) {
    this.#sealed = sealed;
  }

  /** The draft, proven where its key opens one of the files. No key is in what this returns. */
  prove({ opens, ...draft }: SecretDraft): SecretDraft {
    const opened = opens === undefined ? undefined : this.#fileOf(opens);
    return opened === undefined ? draft : { ...draft, verdict: 'proven', proof: `opens ${opened.path}` };
  }

  /** A key that several layers hold is tried once. */
  #fileOf(key: string): SealedFile | undefined {
    if (!this.#opened.has(key) && this.#opened.size < MOST_TRIED)
      this.#opened.set(
        key,
        this.#sealed.find(({ sealed }) => opensSealed(key, sealed)),
      );
    return this.#opened.get(key);
  }
}
