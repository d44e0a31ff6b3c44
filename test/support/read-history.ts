import { openImage } from '../../src/image/open-image.ts';
import type { OpenedImage } from '../../src/image/opened-image.ts';
import { indexLayer } from '../../src/layers/index-layer.ts';
import { type LayerHistory, squash } from '../../src/layers/squash.ts';
import { DEFAULT_LIMITS } from '../../src/limits.ts';
import type { Problem } from '../../src/model/problem.ts';
import { type LayerLiteral, layerTar, temporaryFolder } from './image-builder.ts';

/** An image with all its layers read on this thread. */
export async function readHistory(
  location: string,
): Promise<{ readonly image: OpenedImage; readonly history: LayerHistory; readonly problems: readonly Problem[] }> {
  const image = await openImage(location, { limits: DEFAULT_LIMITS });
  try {
    const layers = [];
    for (const source of image.layers) layers.push(await indexLayer(source, { limits: DEFAULT_LIMITS }));
    const problems = [...image.problems, ...layers.flatMap((layer) => layer.problems)];
    return { image, history: squash(layers), problems };
  } finally {
    await image.close();
  }
}

/** The history of layers from object literals, read on this thread. */
export async function historyOf(layers: readonly LayerLiteral[]): Promise<LayerHistory> {
  using folder = temporaryFolder();
  const indexed = [];
  for (const [index, layer] of layers.entries()) {
    const bytes = layerTar(layer);
    const file = folder.write(`${index}.tar`, bytes);
    const source = { index, key: file, kind: 'blob' as const, file, offset: 0, size: bytes.length };
    indexed.push(await indexLayer(source, { limits: DEFAULT_LIMITS }));
  }
  return squash(indexed);
}
