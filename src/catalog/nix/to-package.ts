import type { PackageDraft } from '../../model/package.ts';
import type { StorePath } from './parse-store-path.ts';

/** Two builds of one version differ in their hash: it is a property, not part of what advisories are filed against. */
export function toPackage(store: StorePath): PackageDraft {
  return {
    type: 'nix',
    name: store.name,
    version: store.version,
    properties: { storeHash: store.hash, ...(store.output === undefined ? {} : { output: store.output }) },
  };
}
