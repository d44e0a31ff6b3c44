import type { PathChange } from '../../model/layer-changes.ts';

/** Changes as a tree of directories; chains of directories with nothing else in them are one node. */
export interface ChangeNode {
  /** One or more path parts. */
  readonly name: string;
  readonly change: PathChange | undefined;
  readonly children: readonly ChangeNode[];
  /** Bytes of everything at and below. */
  readonly size: number;
  /** Changed paths at and below. */
  readonly count: number;
}

interface Draft {
  readonly name: string;
  change: PathChange | undefined;
  /** Absent for most of a million files: an empty map is larger than all else of the node. */
  children?: Map<string, Draft>;
}

/** The tree of changes sorted by path; its root has the empty name. */
export function changeTree(changes: readonly PathChange[]): ChangeNode {
  const root: Draft = { name: '', change: undefined };
  for (const change of changes) {
    let node = root;
    for (const part of change.path.split('/')) {
      if (part === '') continue;
      node.children ??= new Map();
      let child = node.children.get(part);
      if (child === undefined) {
        child = { name: part, change: undefined };
        node.children.set(part, child);
      }
      node = child;
    }
    node.change = change;
  }
  return finish(root);
}

/** Depth is bounded by `limits.pathDepth`. */
function finish(draft: Draft): ChangeNode {
  const children = Array.from(draft.children?.values() ?? [], finish);
  const size = children.reduce((sum, child) => sum + child.size, draft.change?.size ?? 0);
  const count = children.reduce((sum, child) => sum + child.count, draft.change === undefined ? 0 : 1);
  const only = children[0];
  if (draft.name !== '' && draft.change === undefined && children.length === 1 && only !== undefined) {
    return { ...only, name: `${draft.name}/${only.name}` };
  }
  return { name: draft.name, change: draft.change, children, size, count };
}
