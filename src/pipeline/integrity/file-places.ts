import type { Found } from '../../detect/assemble.ts';
import type { OwnedFile } from '../../detect/ownership.ts';
import type { FileTree } from '../../layers/file-tree.ts';
import { ENTRY_KIND } from '../../layers/layer-index.ts';
import { directoryResolver } from '../directory-resolver.ts';

/** Where in the image a file lies that a package lists at a path. */
export type FilePlace = (listed: string, owned: OwnedFile) => string;

/**
 * At the path itself, but for files that dpkg diverted, and for packages of a root file system inside the image. Diversions
 * are of paths as packages have them, `/bin/ls` where `/bin` is a link by now.
 */
export function filePlaces(tree: FileTree, facts: Found['facts']): FilePlace {
  const resolveDirectory = directoryResolver(tree);
  const rootOf = rootsIn(tree);
  const final = (path: string): string => {
    const cut = path.lastIndexOf('/');
    return `${resolveDirectory(path.slice(0, cut))}${path.slice(cut)}`;
  };
  const diverted = new Map(
    facts.flatMap(({ name, value }) => {
      const [from = '', to = '', owner = ''] = value.split('\n');
      return name === 'dpkg-diversion' ? [[final(from), { to: final(to), owner }] as const] : [];
    }),
  );
  return (path, owned) => {
    const { type, name } = owned.owner.package;
    const diversion = diverted.get(path);
    const place = diversion === undefined || type !== 'deb' || name === diversion.owner ? path : diversion.to;
    const root = rootOf(owned);
    return root === '' ? place : final(`${root}${place}`);
  };
}

/**
 * Images may hold another root file system, whose database lists paths from there: `/srv/root` for
 * `/srv/root/var/lib/dpkg/status`. Empty for the image's own, and for packages and files that both have.
 */
function rootsIn(tree: FileTree): (owned: OwnedFile) => string {
  const known = new Map<OwnedFile['owner'], string>();
  return ({ owner, others }) => {
    if (owner.draft.ofDistro !== true || others !== undefined) return '';
    const root = known.get(owner) ?? commonRoot(tree, owner);
    known.set(owner, root);
    return root;
  };
}

function commonRoot(tree: FileTree, { claims }: OwnedFile['owner']): string {
  const [first = '', ...rest] = new Set(claims.map(({ claim }) => claim.evidence))
    .values()
    .map((evidence) => outerRoot(tree, evidence));
  return rest.every((root) => root === first) ? first : '';
}

/** The directory above a database that looks like a root: it has a `/usr`. */
function outerRoot(tree: FileTree, evidence: string): string {
  for (let end = evidence.lastIndexOf('/'); end > 0; end = evidence.lastIndexOf('/', end - 1)) {
    const above = evidence.slice(0, end);
    if (tree.lookup(`${above}/usr`)?.kind === ENTRY_KIND.directory) return above;
  }
  return '';
}
