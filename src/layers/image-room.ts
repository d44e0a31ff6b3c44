import { PlimsollError } from '../errors.ts';
import type { Limits } from '../limits.ts';

/** Throws PLM_LIMIT where the layers of an image hold, or their paths make, more than is kept in memory. */
export function assertImageEntries(count: number, { imageEntries }: Limits): void {
  if (count <= imageEntries) return;
  throw new PlimsollError('PLM_LIMIT', `the layers hold more than ${imageEntries} entries, or paths of as many parts`, {
    hint: 'raise it with --limit imageEntries=N',
  });
}

/** Throws PLM_LIMIT where more places of an image name packages than are kept in memory. */
export function assertImagePackages(count: number, { imagePackages }: Limits): void {
  if (count <= imagePackages) return;
  throw new PlimsollError('PLM_LIMIT', `the layers name packages in more than ${imagePackages} places`, {
    hint: 'raise it with --limit imagePackages=N',
  });
}

/** Throws PLM_LIMIT where names, each part of a path counted once, take more than is kept in memory. */
export function assertNameBytes(bytes: number, { nameBytes }: Limits): void {
  if (bytes <= nameBytes) return;
  throw new PlimsollError('PLM_LIMIT', `names of files take more than ${nameBytes} bytes`, {
    hint: 'raise it with --limit nameBytes=N',
  });
}
