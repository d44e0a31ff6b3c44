import { PlimsollError } from '../errors.ts';
import type { OpenedImage } from '../image/opened-image.ts';
import { type ContentDigests, type ContentDigestsOptions, contentDigests } from '../layers/content-digests.ts';
import type { LayerHistory } from '../layers/squash.ts';
import type { Limits } from '../limits.ts';

/** What layers are read again from. */
export interface ReadAgain {
  readonly image: OpenedImage;
  readonly history: LayerHistory;
  readonly limits: Limits;
}

export interface WantedDigests extends Pick<ContentDigestsOptions, 'entries' | 'algorithmsOf' | 'holes'> {
  readonly layer: number;
}

/** Hands over the digests of files of a layer in the order it stores them, and says why any was left out. */
export async function readDigests(
  { image, history, limits }: ReadAgain,
  { layer, ...wanted }: WantedDigests,
  onFile: (file: ContentDigests) => void,
): Promise<string> {
  const [source, index] = [image.layers[layer], history.layers[layer]];
  if (source === undefined || index === undefined) throw new Error(`there is no layer ${layer}`);
  let reason = 'the layer ends before them';
  const onUnreadable = ({ message }: PlimsollError): void => {
    reason = message;
  };
  try {
    for await (const file of contentDigests(source, index, { ...wanted, limits, onUnreadable })) onFile(file);
  } catch (error) {
    if (!(error instanceof PlimsollError)) throw error;
    reason = error.message;
  }
  return reason;
}
