import type { Readable } from 'node:stream';
import { PlimsollError } from '../errors.ts';
import type { Limits } from '../limits.ts';
import type { Platform } from '../model/image.ts';
import type { OpenedImage } from './opened-image.ts';

export interface OpenImageOptions {
  readonly limits: Limits;
  /** Chooses among the platforms of an index; without it linux/amd64 is taken where there are several. */
  readonly platform?: Platform;
  /** Chooses among several images of one archive: a tag or a reference as the archive writes it. */
  readonly ref?: string;
  /** Read where the location is `-`. */
  readonly stdin?: Readable;
}

/**
 * Opens the one image at `location`: a path (archive or OCI layout found by content), `-`, or `dir:PATH`.
 * Throws PlimsollError where there is none, several, or a damaged one.
 */
export async function openImage(location: string, _options: OpenImageOptions): Promise<OpenedImage> {
  throw new PlimsollError('PLM_INPUT_UNKNOWN', 'no reader knows this input', { path: location });
}

/** As openImage, but every platform of the chosen image, sorted by platform; layers they share have equal keys. */
export async function openAllPlatforms(location: string, options: OpenImageOptions): Promise<readonly OpenedImage[]> {
  return [await openImage(location, options)];
}
