import { isRecord, type JsonRecord, textField } from '../../bytes/json.ts';
import { counted } from '../../model/counted.ts';
import { fullName } from './full-name.ts';
import type { ReportIndex } from './report-index.ts';

/** What a path of the image brought, where it is a package database: too many to tell in words. */
export function explainPath(path: string, packages: readonly JsonRecord[], report: ReportIndex): readonly string[] {
  const open = new Map<string, number>();
  for (const finding of report.vulnerabilities) {
    if (isRecord(finding['suppressed'])) continue;
    const id = textField(finding, 'packageId') ?? '';
    open.set(id, (open.get(id) ?? 0) + 1);
  }
  const lines = packages.map((pkg) => {
    const count = open.get(textField(pkg, 'id') ?? '') ?? 0;
    const known = count === 0 ? '' : `, ${counted(count, 'vulnerability', 'vulnerabilities')}`;
    return `  ${fullName(pkg)} ${textField(pkg, 'version') ?? ''}${known}`;
  });
  return [`${path} lists ${counted(packages.length, 'package')}`, '', ...lines.toSorted()];
}
