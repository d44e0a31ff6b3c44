import { compareText } from '../../bytes/compare-text.ts';
import type { Analysis, HiddenFile } from '../../model/analysis.ts';
import { describeBytes } from '../describe.ts';
import { type ProblemGroup, problemGroups } from '../problem-groups.ts';
import { writeRest } from './findings.ts';
import { type Page, shortenPath } from './page.ts';

const SHOWN_FILES = 10;
const SHOWN_PROBLEMS = 20;

/** The largest files that a layer still carries though the final file system does not show them. */
export function writeHiddenFiles(analysis: Analysis, page: Page): void {
  const files = analysis.files.deleted.toSorted(
    (left, right) => right.size - left.size || compareText(left.path, right.path),
  );
  if (files.length === 0) return;
  page.heading('Deleted files that are still in the image (largest first)');
  for (const file of files.slice(0, SHOWN_FILES)) writeHiddenFile(file, page);
  writeRest(files.length - SHOWN_FILES, 'file', page);
}

function writeHiddenFile(file: HiddenFile, page: Page): void {
  const layers = `  added in ${file.addedIn}, gone in ${file.removedIn}`;
  const size = describeBytes(file.size).padStart(9);
  page.line(2, size, '  ', shortenPath(file.path, page.columns - 2 - size.length - 2 - layers.length), {
    text: layers,
    style: page.colors.dim,
  });
}

/** What was not looked at or has no effect, and why: silence here means that everything was and has. */
export function writeProblems(analysis: Analysis, page: Page): void {
  const { coverage, policy } = problemGroups(analysis.problems);
  for (const group of [policy, coverage]) writeGroup(group, page);
}

function writeGroup({ heading, problems }: ProblemGroup, page: Page): void {
  if (problems.length === 0) return;
  page.heading(heading);
  for (const problem of problems.slice(0, SHOWN_PROBLEMS)) {
    const place = [problem.layer === undefined ? '' : `layer ${problem.layer}`, problem.path ?? '']
      .filter((part) => part !== '')
      .join(' ');
    page.line(
      2,
      { text: problem.code, style: page.colors.yellow },
      place === '' ? '' : `  ${shortenPath(place, Math.max(10, page.columns - 4 - problem.code.length))}`,
    );
    page.paragraph(4, problem.detail);
  }
  writeRest(problems.length - SHOWN_PROBLEMS, 'problem', page);
}
