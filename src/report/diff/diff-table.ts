import { counted } from '../../model/counted.ts';
import type {
  CheckDifference,
  FileDifference,
  FindingsDiff,
  ImageDiff,
  PackageDifference,
  SecretDifference,
} from '../../model/image-diff.ts';
import type { ChangeKind, PathChange } from '../../model/layer-changes.ts';
import { packageLabel } from '../describe.ts';
import type { ReportOptions, TextSink } from '../format.ts';
import { writeChangeTree } from '../layers/tree.ts';
import { severityColor } from '../table/overview.ts';
import { createPage, type Page, type Piece } from '../table/page.ts';
import {
  configurationText,
  countsText,
  diffNotices,
  diffProblems,
  filesText,
  findingRows,
  notComparedTexts,
  secretPlaces,
  sideText,
} from './diff-words.ts';
import { writeVulnerabilities } from './vulnerability-list.ts';

const SHOWN_ROWS = 30;
const SHOWN_PACKAGES = 60;
/** The tree of few files is drawn whole, that of many only where most bytes changed. */
const FEW_FILES = 60;
const WHOLE_TREE = { perDirectory: 12, depth: 8 };
const LARGEST_FOLDERS = { perDirectory: 6, depth: 2 };

/** Two images or two layers side by side for a person: what was fixed and brought in first, files as a tree last. */
export function writeDiffTable(diff: ImageDiff, sink: TextSink, options: ReportOptions): void {
  const page = createPage(sink, options);
  writeSides(diff, page);
  writeGates(diff, page);
  for (const notice of diffNotices(diff)) page.paragraph(6, notice, { text: 'Mind', style: page.colors.yellow });
  writeVulnerabilities(diff, page);
  if (diff.secrets !== undefined) writeSecrets(diff.secrets, page);
  if (diff.misconfigurations !== undefined) writeChecks(diff.misconfigurations, page);
  writeRows(
    'Privileged files',
    (diff.privileged ?? []).map(({ change, path, before, after }) => [
      change,
      `${path}  ${[before, after].filter((text) => text !== undefined).join(' -> ')}`,
    ]),
    page,
  );
  writeRows(
    'Configuration',
    (diff.configuration ?? []).map((row) => [row.change, configurationText(row)]),
    page,
  );
  writeRows(
    'Licences',
    (diff.licenses ?? []).map(({ change, license, packageIds }) => [
      change,
      `${license}  ${counted(packageIds.length, 'package')}`,
    ]),
    page,
  );
  if (diff.packages !== undefined) writePackages(diff.packages, page);
  if (diff.files !== undefined) writeFiles(diff.files, page);
  for (const [index, text] of notComparedTexts(diff).entries()) {
    if (index === 0) page.heading('Not compared');
    page.paragraph(2, text, '');
  }
  writeProblems(diff, page);
}

function writeSides({ before, after }: ImageDiff, page: Page): void {
  for (const [mark, side] of [
    ['-', before],
    ['+', after],
  ] as const) {
    const [name, system] = sideText(side);
    const layer = side.layer === undefined || side.image.os !== undefined ? '' : `  after layer ${side.layer}`;
    page.line(0, `${mark} `, { text: name, style: page.colors.bold }, layer, {
      text: `  ${system}`,
      style: page.colors.dim,
    });
  }
}

function writeGates({ policy }: ImageDiff, page: Page): void {
  for (const { id, action, passed, message } of policy?.gates ?? []) {
    const word = passed ? 'PASSED' : action === 'fail' ? 'FAILED' : 'WARNING';
    const color = passed ? page.colors.green : action === 'fail' ? page.colors.red : page.colors.yellow;
    page.paragraph(9, `${id}: ${message}`, { text: word, style: (text) => page.colors.bold(color(text)) });
  }
}

function writeSecrets(secrets: FindingsDiff<SecretDifference>, page: Page): void {
  page.heading(`Secrets: ${countsText(secrets, 'removed')}`);
  const rows = findingRows(secrets);
  for (const [row, change] of rows.slice(0, SHOWN_ROWS))
    page.line(2, changeMark(change, page, true), `${row.verdict.padEnd(11)} ${row.title ?? row.ruleId}  `, {
      text: secretPlaces(row),
      style: page.colors.dim,
    });
  writeRest(rows.length - SHOWN_ROWS, page);
}

function writeChecks(checks: FindingsDiff<CheckDifference>, page: Page): void {
  page.heading(`Image checks: ${countsText(checks, 'resolved')}`);
  const rows = findingRows(checks);
  for (const [{ id, title, severity, path, evidence }, change] of rows.slice(0, SHOWN_ROWS)) {
    const color = severityColor(severity, page.colors);
    page.line(
      2,
      changeMark(change, page, true),
      { text: severity.padEnd(11), style: color },
      ` ${id}${path === undefined ? '' : ` ${path}`}  `,
      {
        text: path === undefined ? `${title}: ${evidence}` : title,
        style: page.colors.dim,
      },
    );
  }
  writeRest(rows.length - SHOWN_ROWS, page);
}

type Change = 'added' | 'removed' | 'changed';

/** A heading and a marked line each; nothing where there is no row. */
function writeRows(title: string, rows: readonly (readonly [Change, string])[], page: Page): void {
  if (rows.length === 0) return;
  page.heading(`${title}: ${counted(rows.length, 'difference')}`);
  for (const [change, text] of rows.slice(0, SHOWN_ROWS)) page.line(2, changeMark(change, page), text);
  writeRest(rows.length - SHOWN_ROWS, page);
}

/** `isFinding`: what is added is worse. */
function changeMark(change: Change, { colors }: Page, isFinding = false): Piece {
  const [good, bad] = isFinding ? [colors.red, colors.green] : [colors.green, colors.red];
  if (change === 'changed') return { text: '~ ', style: colors.yellow };
  return change === 'added' ? { text: '+ ', style: good } : { text: '- ', style: bad };
}

function writeRest(count: number, page: Page): void {
  if (count > 0) page.line(2, { text: `… ${count} more (--format json lists all)`, style: page.colors.dim });
}

function writePackages(packages: readonly PackageDifference[], page: Page): void {
  page.heading(`Packages: ${packages.length === 0 ? 'the same' : counted(packages.length, 'difference')}`);
  for (const item of packages.slice(0, SHOWN_PACKAGES)) {
    const versions = [item.before.join(', '), item.after.join(', ')].filter((text) => text !== '').join(' -> ');
    page.line(2, changeMark(item.change, page), item.type.padEnd(9), `${packageLabel(item)} `, {
      text: versions,
      style: page.colors.dim,
    });
  }
  writeRest(packages.length - SHOWN_PACKAGES, page);
}

function writeFiles(files: readonly FileDifference[], page: Page): void {
  page.heading(`Files: ${files.length === 0 ? 'the same' : filesText(files)}`);
  const tree = files.length <= FEW_FILES ? WHOLE_TREE : LARGEST_FOLDERS;
  if (files.length > 0) writeChangeTree(files.map(toPathChange), page, tree);
}

function writeProblems(diff: ImageDiff, page: Page): void {
  const problems = diffProblems(diff);
  if (problems.length > 0) page.heading('Problems');
  for (const { sides, problem } of problems.slice(0, SHOWN_ROWS)) {
    const place = problem.path === undefined ? '' : `${problem.path}: `;
    page.paragraph(2, { text: `${problem.code}  ${sides}: ${place}${problem.detail}`, style: page.colors.dim });
  }
  writeRest(problems.length - SHOWN_ROWS, page);
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
