import { ENTRY_KIND, entryPath } from '../layers/layer-index.ts';
import type { LayerHistory } from '../layers/squash.ts';

/**
 * Links by which an installed package is had: npm links folders of workspaces, uv the files of its cache. pnpm's store has
 * all members of a workspace.
 */
const INSTALLED = /^(?!.*\/\.pnpm\/).*\/node_modules\/(?:@[^/]+\/)?[^/.@][^/]*$|\.dist-info(?:\/METADATA)?$/;
/** pnpm and its kin link packages of one `node_modules` to another by the thousand: none leads to a workspace. */
const WITHIN = /(?:^|\/)(?:node_modules|\.pnpm|\.store)\//;

/**
 * Says whether a symlink of the final file system, where packages are installed, leads to a file or to the folder it is in.
 * Links are looked at when the first question comes.
 */
export function linkTargets(history: LayerHistory): (path: string) => boolean {
  let targets: ReadonlySet<string> | undefined;
  return (path) => {
    targets ??= targetsOf(history);
    return targets.has(path) || targets.has(path.slice(0, path.lastIndexOf('/')));
  };
}

function targetsOf(history: LayerHistory): ReadonlySet<string> {
  const view = history.view();
  const targets = new Set<string>();
  for (const [layer, { entries }] of history.layers.entries()) {
    for (const [entry, target] of entries.links) {
      if (entries.kind[entry] !== ENTRY_KIND.symlink || WITHIN.test(target)) continue;
      const path = entryPath(entries, entry);
      if (!INSTALLED.test(path) || history.fate(layer, entry).state !== 'present') continue;
      const { file } = view.resolve(path);
      if (file !== undefined) targets.add(file.path);
    }
  }
  return targets;
}
