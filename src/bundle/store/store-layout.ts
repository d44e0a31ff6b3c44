import { join } from 'node:path';
import type { Release } from '../trust/release.ts';

/**
 * A store on disk:
 *   CURRENT                     which bundle is in use
 *   bundles/<name>/envelope.json  signed envelope, byte for byte
 *   bundles/<name>/sections.bin   raw sections in the order of the release, each on a page
 *   trust/roots/<version>.json  accepted roots
 *   trust/state.json            the highest sequence ever accepted, the newest signed time
 *   audit.jsonl                 hash chain of what was done
 *   receipts/<name>.json        what to carry back
 *   lock, staging               only while an import runs
 */
export function storePaths(store: string) {
  return {
    store,
    current: join(store, 'CURRENT'),
    bundles: join(store, 'bundles'),
    roots: join(store, 'trust', 'roots'),
    trust: join(store, 'trust'),
    state: join(store, 'trust', 'state.json'),
    audit: join(store, 'audit.jsonl'),
    receipts: join(store, 'receipts'),
    lock: join(store, 'lock'),
    staging: join(store, 'staging'),
  };
}

export type StorePaths = ReturnType<typeof storePaths>;

/** Where the files of one bundle lie; `name` is as `bundleName` gives it. */
export function bundlePaths(paths: StorePaths, name: string) {
  const folder = join(paths.bundles, name);
  return { folder, envelope: join(folder, 'envelope.json'), sections: join(folder, 'sections.bin') };
}

/** `epoch.sequence-content`: sorts by eye, and never meets another content. */
export function bundleName({ epoch, sequence, contentId }: Pick<Release, 'epoch' | 'sequence' | 'contentId'>): string {
  return `${epoch}.${sequence}-${contentId.slice(0, 12)}`;
}

const NAME = /^(\d{1,16})\.(\d{1,16})-[0-9a-f]{12}$/;

/** Epoch and sequence of a bundle's folder name, or undefined for any other name. */
export function parseBundleName(name: string): { readonly epoch: number; readonly sequence: number } | undefined {
  const match = NAME.exec(name);
  return match === null ? undefined : { epoch: Number(match[1]), sequence: Number(match[2]) };
}

/** Order of releases: epoch first. */
export function compareReleases(
  left: { readonly epoch: number; readonly sequence: number },
  right: { readonly epoch: number; readonly sequence: number },
): number {
  return left.epoch - right.epoch || left.sequence - right.sequence;
}
