import { openImage } from '../../src/image/open-image.ts';
import type { OpenedImage } from '../../src/image/opened-image.ts';
import { indexLayer } from '../../src/layers/index-layer.ts';
import { type LayerHistory, squash } from '../../src/layers/squash.ts';
import { DEFAULT_LIMITS } from '../../src/limits.ts';
import type { Problem } from '../../src/model/problem.ts';

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
