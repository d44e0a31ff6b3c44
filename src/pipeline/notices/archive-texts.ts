import { chargeArchive } from '../../archive-formats/nested.ts';
import type { UnpackOptions } from '../../archive-formats/packed-data.ts';
import { ProblemError, zipMembers } from '../../archive-formats/zip.ts';
import { type InsideFile, insideFormat, lookInside } from '../../detect/look-inside.ts';
import type { ProblemDraft } from '../../model/problem.ts';

/** What is wanted of the archives of a file, by full paths. */
export interface WantedMembers {
  isText(path: string): boolean;
  isArchive(path: string): boolean;
  /** Hears of a text whose stated size is over the limit, which is not unpacked. */
  tooLarge(path: string): void;
  onProblem(path: string, problem: ProblemDraft): void;
}

export interface ArchiveTextOptions extends Omit<UnpackOptions, 'onProblem'> {
  readonly depth?: number;
}

/**
 * The texts in an archive and in those of its archives that are wanted; valid until the next one is asked for. Of a zip file
 * no other member is unpacked. Throws NestedBudgetSpent.
 */
export function* textsInArchive(
  archive: InsideFile,
  wanted: WantedMembers,
  options: ArchiveTextOptions,
): Generator<InsideFile> {
  const { limits, budget, depth = 0 } = options;
  const format = insideFormat(archive.bytes);
  if (format === undefined || depth >= limits.nestedDepth) return;
  chargeArchive(budget);
  const onProblem = (problem: ProblemDraft): void => wanted.onProblem(archive.path, problem);
  const members =
    format === 'zip'
      ? wantedMembers(archive, wanted, { limits, budget, onProblem })
      : lookInside(archive, format, { limits, budget, onProblem });
  for (const member of members) {
    if (wanted.isArchive(member.path)) yield* textsInArchive(member, wanted, { limits, budget, depth: depth + 1 });
    else if (wanted.isText(member.path)) yield member;
  }
}

function* wantedMembers(archive: InsideFile, wanted: WantedMembers, options: UnpackOptions): Generator<InsideFile> {
  const { limits, budget, onProblem } = options;
  for (const member of zipMembers(archive.bytes, limits, budget, onProblem)) {
    const path = `${archive.path}!/${member.path}`;
    const isText = wanted.isText(path);
    if (!isText && !wanted.isArchive(path)) continue;
    if (isText && member.size > limits.noticeTextBytes) {
      wanted.tooLarge(path);
      continue;
    }
    try {
      yield { path, bytes: member.bytes() };
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      onProblem(error.problem);
    }
  }
}
