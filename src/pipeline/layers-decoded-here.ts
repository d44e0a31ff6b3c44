import type { LayerSource } from '../image/opened-image.ts';

/** By how much a layer may be larger than its share of what is left: archives in it keep other threads busy too. */
const SHARE = 1.2;

/**
 * Layers that the thread which reads them decodes itself: it is less work in all, and other layers keep the other threads
 * busy meanwhile. A larger one is decoded beside its reader, by threads that would else be idle at the end. `queue` is in the
 * order in which layers are begun.
 */
export function layersDecodedHere(
  queue: readonly Pick<LayerSource, 'size'>[],
  threads: number,
): ReadonlySet<Pick<LayerSource, 'size'>> {
  const here = new Set<Pick<LayerSource, 'size'>>();
  let left = queue.reduce((sum, { size }) => sum + size, 0);
  for (const layer of queue) {
    if (layer.size * threads <= left * SHARE) here.add(layer);
    left -= layer.size;
  }
  return here;
}
