import { counted } from '../../model/counted.ts';
import type { FileDifference, ImageDiff, PackageDifference } from '../../model/image-diff.ts';
import type { ChangeKind, PathChange } from '../../model/layer-changes.ts';
import { describeBytes, isDistroType } from '../describe.ts';
import type { ReportOptions, TextSink } from '../format.ts';
import { createPage, type Page } from '../table/page.ts';
import { writeChangeTree } from './tree.ts';

const SHOWN_PACKAGES = 60;
const TREE = { perDirectory: 12, depth: 8 };

/** Two images or two layers side by side for a person: packages first, then files as a tree. */
export function writeDiffTable(diff: ImageDiff, sink: TextSink, options: ReportOptions): void {
  const page = createPage(sink, options);
  for (const [mark, side] of [
    ['-', diff.before],
    ['+', diff.after],
  ] as const) {
    page.line(
      0,
      `${mark} `,
      { text: side.image.ref ?? side.location, style: page.colors.bold },
      side.layer === undefined ? '' : `  after layer ${side.layer}`,
    );
  }
  if (diff.packages !== undefined) writePackages(diff.packages, page);
  if (diff.files === undefined) page.heading('Files: not compared, an SBOM holds none');
  else writeFiles(diff.files, page);
  for (const { side, code, detail } of diff.problems)
    page.line(0, { text: code, style: page.colors.yellow }, `  ${side}: ${detail}`);
}

function writePackages(packages: readonly PackageDifference[], page: Page): void {
  page.heading(`Packages: ${packages.length === 0 ? 'the same' : counted(packages.length, 'difference')}`);
  for (const item of packages.slice(0, SHOWN_PACKAGES)) {
    const isPlain = item.namespace === undefined || isDistroType(item.type);
    const name = isPlain ? item.name : `${item.namespace}/${item.name}`;
    const style =
      item.change === 'added' ? page.colors.green : item.change === 'removed' ? page.colors.red : page.colors.yellow;
    const mark = item.change === 'added' ? '+' : item.change === 'removed' ? '-' : '~';
    const versions = [item.before.join(', '), item.after.join(', ')].filter((text) => text !== '').join(' -> ');
    page.line(2, { text: `${mark} `, style }, item.type.padEnd(9), `${name} `, {
      text: versions,
      style: page.colors.dim,
    });
  }
  if (packages.length > SHOWN_PACKAGES)
    page.line(2, `… ${packages.length - SHOWN_PACKAGES} more (--format json lists all)`);
}

function writeFiles(files: readonly FileDifference[], page: Page): void {
  const bytes = files.reduce((sum, file) => sum + (file.sizeAfter ?? 0) - (file.sizeBefore ?? 0), 0);
  const growth = `${bytes < 0 ? '-' : '+'}${describeBytes(Math.abs(bytes))}`;
  page.heading(`Files: ${files.length === 0 ? 'the same' : `${counted(files.length, 'difference')}, ${growth}`}`);
  if (files.length > 0) writeChangeTree(files.map(toPathChange), page, TREE);
}

const KINDS: Readonly<Record<FileDifference['change'], ChangeKind>> = {
  added: 'added',
  removed: 'deleted',
  changed: 'changed',
  metadata: 'metadata',
};

function toPathChange(file: FileDifference): PathChange {
  return { path: file.path, change: KINDS[file.change], type: file.type, size: file.sizeAfter ?? file.sizeBefore ?? 0 };
}
