import { withAnalysis } from '../../src/analyze.ts';
import { DEFAULT_LIMITS, type Limits } from '../../src/limits.ts';
import type { Notices } from '../../src/model/notices.ts';
import { composeNotices } from '../../src/pipeline/notices/compose-notices.ts';
import type { MissingGate } from '../../src/pipeline/notices/judge-notices.ts';
import { archive, type LayerLiteral, ociLayout, temporaryFolder } from './image-builder.ts';

/** The notices of an image of these layers, read on this thread. */
export async function noticesOf(
  layers: readonly LayerLiteral[],
  { limits = DEFAULT_LIMITS, missing }: { readonly limits?: Limits; readonly missing?: MissingGate } = {},
): Promise<Notices> {
  using folder = temporaryFolder();
  const path = folder.write('image.tar', archive(ociLayout({ layers, tag: 'app:1' })));
  const options = { limits, scanners: new Set<never>(), workers: 0, version: '1' };
  return await withAnalysis(path, options, (read) =>
    composeNotices(read, { limits, ...(missing === undefined ? {} : { missing }) }),
  );
}

/** One line per text: its kind, its content, where it lies, and whose it is. */
export function textLines({ texts }: Notices): readonly string[] {
  return texts.map(
    ({ kind, text, files, packages }) =>
      `${kind} "${text}" at ${files.map(({ path }) => path).join(' ')} of ${packages.join(' ') || 'none'}`,
  );
}

/** One line per problem. */
export function problemLines({ problems }: Notices): readonly string[] {
  return problems.map(({ code, path, detail }) => `${code} ${path}: ${detail}`);
}
