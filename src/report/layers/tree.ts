import { compareText } from '../../bytes/compare-text.ts';
import type { ChangeKind, PathChange } from '../../model/layer-changes.ts';
import { describeBytes } from '../describe.ts';
import { type Colors, type Page, shortenPath } from '../table/page.ts';
import { type ChangeNode, changeTree } from './change-tree.ts';

const MARKS: Readonly<Record<ChangeKind, string>> = {
  added: '+',
  changed: '~',
  metadata: 'm',
  rewritten: '=',
  deleted: '-',
};
const SIZE_WIDTH = 10;

export interface TreeOptions {
  /** Children shown per directory; the rest is one line. */
  readonly perDirectory: number;
  readonly depth: number;
}

/** Draws the changes of one layer as a tree, the largest first where not everything is shown. */
export function writeChangeTree(changes: readonly PathChange[], page: Page, options: TreeOptions): void {
  if (changes.length === 0) {
    page.line(2, { text: 'nothing', style: page.colors.dim });
    return;
  }
  new TreeWriter(page, options).children(changeTree(changes), { prefix: '', level: 0 });
  page.line(2, {
    text: '+ added  ~ changed  m mode or attributes only  = same bytes again  - deleted',
    style: page.colors.dim,
  });
}

/** Where a line of the tree stands: the branches drawn before it, and how deep it is. */
interface Place {
  readonly prefix: string;
  readonly level: number;
}

class TreeWriter {
  readonly #page: Page;
  readonly #options: TreeOptions;

  constructor(page: Page, options: TreeOptions) {
    this.#page = page;
    this.#options = options;
  }

  children(node: ChangeNode, { prefix, level }: Place): void {
    const { perDirectory, depth } = this.#options;
    const isCut = node.children.length > perDirectory;
    const shown = isCut ? largest(node.children, perDirectory) : node.children;
    for (const [index, child] of shown.entries()) {
      const isLast = index === shown.length - 1 && !isCut;
      this.#node(child, { prefix: `${prefix}${isLast ? '└── ' : '├── '}`, level });
      if (level < depth) this.children(child, { prefix: `${prefix}${isLast ? '    ' : '│   '}`, level: level + 1 });
    }
    if (!isCut) return;
    const { dim } = this.#page.colors;
    const size = node.size - shown.reduce((sum, child) => sum + child.size, node.change?.size ?? 0);
    const rest = `… ${node.children.length - shown.length} more`;
    this.#page.line(2, { text: sizeText(size), style: dim }, `  ${prefix}└── `, { text: rest, style: dim });
  }

  #node(node: ChangeNode, { prefix, level }: Place): void {
    const page = this.#page;
    const { change } = node;
    const hidesCount = level >= this.#options.depth && node.children.length > 0;
    const note = [
      change?.target === undefined ? '' : ` -> ${change.target}`,
      hidesCount ? ` (${node.count})` : '',
      change?.hiddenBy === undefined ? '' : `  hidden by layer ${change.hiddenBy}`,
    ].join('');
    const isDirectory = node.children.length > 0 || change?.type === 'directory';
    const name = `${node.name}${isDirectory ? '/' : ''}`;
    const room = page.columns - 2 - SIZE_WIDTH - 2 - prefix.length - 2 - note.length;
    const mark = change === undefined ? ' ' : MARKS[change.change];
    const color = colorOf(change, page.colors);
    page.line(
      2,
      { text: sizeText(node.size), style: page.colors.dim },
      `  ${prefix}`,
      { text: `${mark} `, style: color },
      { text: shortenPath(name, Math.max(MIN_NAME, room)), style: isDirectory ? page.colors.bold : color },
      { text: note, style: page.colors.dim },
    );
  }
}

function largest(nodes: readonly ChangeNode[], count: number): readonly ChangeNode[] {
  return nodes.toSorted((left, right) => right.size - left.size || compareText(left.name, right.name)).slice(0, count);
}

const MIN_NAME = 12;

function colorOf(change: PathChange | undefined, colors: Colors): (text: string) => string {
  if (change === undefined) return (text) => text;
  if (change.change === 'added') return colors.green;
  return change.change === 'deleted' ? colors.red : colors.yellow;
}

function sizeText(size: number): string {
  return (size === 0 ? '' : describeBytes(size)).padStart(SIZE_WIDTH);
}
