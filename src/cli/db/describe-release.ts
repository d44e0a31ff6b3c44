import type { Release } from '../../bundle/trust/release.ts';
import { printable } from '../printable.ts';

/** A bundle in a line for people. */
export function releaseText({ channel, epoch, sequence, builtAt }: Release): string {
  return printable(`channel ${channel}, sequence ${epoch}.${sequence}, built ${builtAt}`);
}

/** The same for programs, as `db status` tells what is installed. */
export function releaseJson({ contentId, channel, epoch, sequence, kind, builtAt }: Release) {
  return { contentId, channel, epoch, sequence, kind, builtAt };
}
