import { compareText } from '../../bytes/compare-text.ts';
import type { FileReport, NotableFile } from '../../model/analysis.ts';
import type { PrivilegeDifference } from '../../model/image-diff.ts';

const KINDS = ['setuid', 'capabilities', 'worldWritable', 'devices'] as const;

/** What differs between the privileged files of two final file systems, by path. */
export function comparePrivileges(before: FileReport, after: FileReport): readonly PrivilegeDifference[] {
  return KINDS.flatMap((kind) => {
    const [old, now] = [presentFiles(before[kind]), presentFiles(after[kind])];
    return [...new Set([...old.keys(), ...now.keys()])].flatMap((path): readonly PrivilegeDifference[] => {
      const [left, right] = [old.get(path), now.get(path)];
      if (left === right) return [];
      return [
        {
          path,
          kind,
          change: left === undefined ? 'added' : right === undefined ? 'removed' : 'changed',
          ...(left === undefined ? {} : { before: left }),
          ...(right === undefined ? {} : { after: right }),
        },
      ];
    });
  }).sort((left, right) => compareText(left.path, right.path));
}

function presentFiles(files: readonly NotableFile[] = []): ReadonlyMap<string, string> {
  return new Map(
    files.filter(({ state }) => state === 'present').map(({ path, mode, detail }) => [path, `${mode} ${detail}`]),
  );
}
