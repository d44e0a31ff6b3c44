import type { FindingsDiff, ImageDiff } from '../../model/image-diff.ts';

/** Whether nothing that was compared differs. */
export function isSame(diff: ImageDiff): boolean {
  const lists = [diff.files, diff.packages, diff.privileged, diff.configuration, diff.licenses];
  return (
    lists.every((list = []) => list.length === 0) &&
    isSameIn(diff.vulnerabilities) &&
    (diff.vulnerabilities?.unjudged ?? []).length === 0 &&
    isSameIn(diff.secrets) &&
    isSameIn(diff.misconfigurations)
  );
}

function isSameIn(diff: FindingsDiff<unknown> | undefined): boolean {
  return diff === undefined || [diff.new, diff.fixed, diff.changed].every((rows) => rows.length === 0);
}
