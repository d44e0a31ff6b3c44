import { NestedBudgetSpent, nestedBudget, nestedBytesFor } from '../../archive-formats/nested.ts';
import { PlimsollError } from '../../errors.ts';
import type { LayerSource, OpenedImage } from '../../image/opened-image.ts';
import type { LayerIndex } from '../../layers/layer-index.ts';
import { readContents } from '../../layers/read-content.ts';
import type { LayerHistory } from '../../layers/squash.ts';
import type { Limits } from '../../limits.ts';
import { counted } from '../../model/counted.ts';
import type { ProblemDraft } from '../../model/problem.ts';
import { textsInArchive } from './archive-texts.ts';
import { FileBuffer } from './file-buffer.ts';
import { TextStore } from './text-store.ts';
import type { WantedFile } from './wanted-files.ts';

export interface ReadTextsOptions {
  readonly image: OpenedImage;
  readonly history: LayerHistory;
  readonly limits: Limits;
  /** Whether a member of an archive is a text. */
  readonly isText: (path: string) => boolean;
  /** Archives that packages lie in, by full path. */
  readonly archives: ReadonlySet<string>;
}

/** Reads each layer that holds wanted files once more, up to the last of them. What cannot be read becomes a problem. */
export async function readTexts(wanted: readonly WantedFile[], options: ReadTextsOptions): Promise<TextStore> {
  const { image, history, limits } = options;
  const store = new TextStore(limits);
  const byLayer = Map.groupBy(wanted, ({ content }) => content.layer);
  for (const [index, files] of [...byLayer].sort(([left], [right]) => left - right)) {
    const [source, layer] = [image.layers[index], history.layers[index]];
    if (source === undefined || layer === undefined) throw new Error(`layer ${index} is not there`);
    // A file of a folder that cannot be read must not cost the others.
    const batches = source.kind === 'directory' ? files.map((file) => [file]) : [files];
    for (const batch of batches) await readBatch({ source, layer }, batch, store, options);
  }
  return store;
}

interface ReadLayer {
  readonly source: LayerSource;
  readonly layer: LayerIndex;
}

async function readBatch(
  { source, layer }: ReadLayer,
  files: readonly WantedFile[],
  store: TextStore,
  options: ReadTextsOptions,
): Promise<void> {
  const { limits } = options;
  const unread = new Map(files.map((file) => [file.content.entry, file]));
  let open: FileBuffer | undefined;
  try {
    for await (const piece of readContents(source, layer, { entries: [...unread.keys()], limits })) {
      const file = unread.get(piece.entry);
      if (file === undefined) continue;
      open ??= new FileBuffer(file.content.size, byteLimit(file, limits));
      open.append(piece.bytes);
      if (!piece.isLast) continue;
      unread.delete(piece.entry);
      take(file, open.finish(), store, options);
      open = undefined;
    }
  } catch (error) {
    if (!(error instanceof PlimsollError)) throw error;
    const [first] = unread.values();
    const path = first?.texts[0] ?? first?.archives[0];
    const others = unread.size > 1 ? ` and ${counted(unread.size - 1, 'file')} behind it` : '';
    const detail = `it${others} cannot be read (${error.message}): not in the notices`;
    if (path !== undefined) store.lose({ path, layer: layer.index }, { code: 'PLM_NOTICE_UNREADABLE', detail });
  }
}

function byteLimit({ archives }: WantedFile, limits: Limits): number {
  return archives.length === 0 ? limits.noticeTextBytes : limits.capturedFileBytes;
}

function take(
  { content, texts, archives }: WantedFile,
  bytes: Uint8Array | undefined,
  store: TextStore,
  options: ReadTextsOptions,
): void {
  const { layer } = content;
  const [first, ...others] = texts.map((path) => ({ path, layer }));
  if (first !== undefined && bytes !== undefined) store.add([first, ...others], bytes);
  else for (const path of texts) store.tooLarge({ path, layer });
  for (const path of archives) {
    if (bytes === undefined) {
      const detail = `larger than ${options.limits.capturedFileBytes} bytes: the texts in it are not in the notices`;
      store.lose({ path, layer }, { code: 'PLM_NOTICE_LIMIT', detail });
    } else takeArchive({ path, bytes, layer }, store, options);
  }
}

function takeArchive(
  archive: { readonly path: string; readonly bytes: Uint8Array; readonly layer: number },
  store: TextStore,
  { limits, isText, archives }: ReadTextsOptions,
): void {
  const { layer } = archive;
  const budget = nestedBudget(nestedBytesFor(archive.bytes.length, limits));
  const wanted = {
    isText,
    isArchive: (path: string) => archives.has(path),
    tooLarge: (path: string) => store.tooLarge({ path, layer }),
    onProblem: (path: string, problem: ProblemDraft) => store.lose({ path, layer }, problem),
  };
  try {
    for (const { path, bytes } of textsInArchive(archive, wanted, { limits, budget }))
      store.add([{ path, layer }], bytes);
  } catch (error) {
    if (!(error instanceof NestedBudgetSpent)) throw error;
    const detail =
      'it unpacks to more than the limit for archives of its size: texts behind that are not in the notices';
    store.lose(archive, { code: 'PLM_NOTICE_LIMIT', detail });
  }
}
