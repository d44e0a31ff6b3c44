/** A file that says something was left in the image by mistake. */
export interface LeftoverFact {
  readonly name: 'version-control' | 'build-file' | 'package-cache';
  readonly value: string;
}

const VERSION_CONTROL: readonly (readonly [string, string])[] = [
  ['/.git/HEAD', 'a Git repository'],
  ['/.hg/requires', 'a Mercurial repository'],
  ['/.svn/format', 'a Subversion working copy'],
];
/** Packages ship Dockerfiles and editor settings of their own: those are no mistake of this build. */
const THIRD_PARTY = /\/(?:node_modules|site-packages|dist-packages|vendor|gems)\/|^\/usr\/(?:share|lib)\//;

/** What the path of a selected file means, or undefined where it is part of an installed package. */
export function judgeLeftover(path: string): LeftoverFact | undefined {
  const repository = VERSION_CONTROL.find(([suffix]) => path.endsWith(suffix));
  if (repository !== undefined) return { name: 'version-control', value: repository[1] };
  if (/^\/(?:var\/cache|etc)\//.test(path)) return { name: 'package-cache', value: 'downloaded package index' };
  if (THIRD_PARTY.test(path)) return undefined;
  return { name: 'build-file', value: 'needed by builds or editors, not by the application' };
}
