import { isRecord, type JsonRecord, listField, recordField, textField, textList } from '../../bytes/json.ts';
import { fullName } from './full-name.ts';
import { layerLine, stateLine } from './place-lines.ts';
import type { ReportIndex } from './report-index.ts';

/** One package in words: which file and layer brought it, who needs it, and what is wrong with it. */
export function explainPackage(pkg: JsonRecord, report: ReportIndex): readonly string[] {
  const field = (name: string): string => textField(pkg, name) ?? '';
  const source = recordField(pkg, 'source');
  const built = source === undefined ? '' : `, built from ${textField(source, 'name')} ${textField(source, 'version')}`;
  const licenses = textList(pkg, 'licenses');
  return [
    `${fullName(pkg)} ${field('version')} (${field('type') || 'unknown type'})${built}`,
    field('purl'),
    '',
    ...listField(pkg, 'locations')
      .filter(isRecord)
      .flatMap((location) => [`Read from  ${textField(location, 'path') ?? ''}`, ...layerLine(location, report)]),
    ...stateLine(pkg),
    ...(licenses.length === 0 ? [] : [`Licence    ${licenses.join(', ')}`]),
    ...relations(pkg, report),
    '',
    'What is known of it',
    ...findingsOf(field('id'), report).map((line) => `  ${line}`),
  ];
}

function relations(pkg: JsonRecord, report: ReportIndex): string[] {
  const id = textField(pkg, 'id') ?? '';
  const nameOf = (other: JsonRecord): string => `${fullName(other)} ${textField(other, 'version') ?? ''}`;
  const owner = report.packages.get(textField(pkg, 'ownedBy') ?? '');
  const needing = [...report.packages.values()]
    .filter((other) => textList(other, 'dependsOn').includes(id))
    .map(nameOf);
  return [
    ...(owner === undefined ? [] : [`Part of    ${nameOf(owner)}`]),
    ...(needing.length === 0 ? [] : [`Needed by  ${needing.join(', ')}`]),
  ];
}

function findingsOf(id: string, report: ReportIndex): string[] {
  const lines = report.vulnerabilities
    .filter((finding) => textField(finding, 'packageId') === id)
    .map((finding) => {
      const fixes = textList(finding, 'fixedIn');
      const fixed = fixes.length === 0 ? 'no fix is known' : `fixed in ${fixes.join(' or ')}`;
      const silent = recordField(finding, 'suppressed') === undefined ? '' : ', does not count';
      return `${textField(finding, 'id')} (${textField(finding, 'severity') ?? 'unknown'}), ${fixed}${silent}`;
    });
  if (lines.length > 0) return lines;
  if (!report.isMatched) return ['Nothing: vulnerabilities were not looked for.'];
  const missing = report.unjudged.get(id);
  return [
    missing === undefined
      ? 'The database holds no vulnerability of this version.'
      : `Nothing: the database has no advisories for ${missing}.`,
  ];
}
