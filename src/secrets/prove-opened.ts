import type { HeldDraft, SecretDraft } from './draft.ts';
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

/** Tries the keys on the sealed files: what opens one is proven. No key is in what this returns. */
export function proveOpened(drafts: readonly HeldDraft[], sealed: readonly SealedFile[]): SecretDraft[] {
  let tried = 0;
  return drafts.map(({ opens, ...draft }) => {
    if (opens === undefined || sealed.length === 0 || tried++ >= MOST_TRIED) return draft;
    const opened = sealed.find((file) => opensSealed(opens, file.sealed));
    return opened === undefined ? draft : { ...draft, verdict: 'proven', proof: `opens ${opened.path}` };
  });
}
