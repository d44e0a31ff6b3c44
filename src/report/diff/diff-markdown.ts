import { counted } from '../../model/counted.ts';
import type { ImageDiff, VulnerabilityDifference } from '../../model/image-diff.ts';
import { SEVERITIES } from '../../model/severity.ts';
import { packageLabel } from '../describe.ts';
import type { TextSink } from '../format.ts';
import { code, text, writeTable } from '../markdown-text.ts';
import {
  configurationText,
  countsText,
  type DiffList,
  diffNotices,
  diffProblems,
  filesText,
  findingRows,
  notComparedTexts,
  noteText,
  secretPlaces,
  sideText,
  vulnerabilityCounts,
} from './diff-words.ts';

/** A comparison for a pull request (GitHub flavoured Markdown): what the build brings open, what it fixes folded. */
export function writeDiffMarkdown(diff: ImageDiff, sink: TextSink): void {
  const [before, after] = [diff.before, diff.after].map((side) => {
    const [name, system] = sideText(side);
    return `${code(name)}${system === '' ? '' : ` (${text(system)})`}`;
  });
  sink.write(`## Plimsoll: ${verdictText(diff)}\n\n${before} → ${after}\n\n`);
  for (const notice of diffNotices(diff)) sink.write(`> ${text(notice)}\n\n`);
  writeNumbers(diff, sink);
  const gates = (diff.policy?.gates ?? []).filter((gate) => !gate.passed);
  writeTable(sink, 'Gates', [
    ['', 'Gate', 'Why'],
    ...gates.map((gate) => [gate.action, text(gate.id), text(gate.message)]),
  ]);
  writeVulnerabilities(diff, sink);
  writeOthers(diff, sink);
  writeFolded(sink, 'Packages', [
    ['Package', 'Type', 'Before', 'After'],
    ...(diff.packages ?? []).map((item) => [
      text(packageLabel(item)),
      text(item.type),
      text(item.before.join(', ')),
      text(item.after.join(', ')),
    ]),
  ]);
  for (const part of notComparedTexts(diff)) sink.write(`Not compared: ${text(part)}\n\n`);
  writeTable(sink, 'Problems', [
    ['Code', 'Side', 'Path', 'What'],
    ...diffProblems(diff).map(({ sides, problem }) => [
      code(problem.code),
      sides,
      text(problem.path ?? ''),
      text(problem.detail),
    ]),
  ]);
}

function verdictText({ policy }: ImageDiff): string {
  if (policy === undefined || policy.gates.length === 0) return 'what this build changes';
  return { pass: '✅ passed', warn: '⚠️ passed with warnings', fail: '❌ failed' }[policy.verdict];
}

function writeNumbers(diff: ImageDiff, sink: TextSink): void {
  const { vulnerabilities, secrets, misconfigurations, packages, files } = diff;
  const rows: (readonly [string, string])[] = [];
  if (vulnerabilities !== undefined) {
    const { before, after } = vulnerabilities.severities;
    const counts = SEVERITIES.filter((severity) => before[severity] + after[severity] > 0).map(
      (severity) => `${severity} ${before[severity]} → **${after[severity]}**`,
    );
    rows.push(['Vulnerabilities', vulnerabilityCounts(diff)]);
    if (counts.length > 0) rows.push(['By severity', counts.join(', ')]);
  }
  if (secrets !== undefined) rows.push(['Secrets', countsText(secrets, 'removed')]);
  if (misconfigurations !== undefined) rows.push(['Image checks', countsText(misconfigurations, 'resolved')]);
  if (packages !== undefined) rows.push(['Packages', counted(packages.length, 'difference')]);
  if (files !== undefined) rows.push(['Files', filesText(files)]);
  sink.write(`| | |\n|---|---|\n${rows.map((cells) => `| ${cells.join(' | ')} |\n`).join('')}\n`);
}

function writeVulnerabilities({ vulnerabilities }: ImageDiff, sink: TextSink): void {
  if (vulnerabilities === undefined) return;
  const table = (list: DiffList): readonly (readonly string[])[] => [
    ['Severity', 'Id', 'Package', 'Before', 'After', 'Note'],
    ...vulnerabilities[list].map((row) => vulnerabilityRow(row, list)),
  ];
  writeTable(sink, 'New vulnerabilities', table('new'));
  writeTable(sink, 'Could not tell', table('unjudged'));
  writeTable(sink, 'Changed vulnerabilities', table('changed'));
  writeFolded(sink, 'Fixed vulnerabilities', table('fixed'));
}

function vulnerabilityRow(row: VulnerabilityDifference, list: DiffList): readonly string[] {
  return [
    row.severity,
    `${text(row.id)}${row.kev === true ? ' 🔥' : ''}`,
    text(packageLabel(row.package)),
    text(row.versions.before.join(', ')),
    text(row.versions.after.join(', ')),
    text(noteText(row, list)),
  ];
}

function writeOthers(diff: ImageDiff, sink: TextSink): void {
  const { secrets, misconfigurations: checks } = diff;
  writeTable(sink, 'Secrets', [
    ['', 'Verdict', 'Kind', 'Place'],
    ...findingRows(secrets).map(([row, change]) => [
      change === 'added' ? 'new' : change,
      row.verdict,
      text(row.title ?? row.ruleId),
      code(secretPlaces(row)),
    ]),
  ]);
  writeTable(sink, 'Image checks', [
    ['', 'Severity', 'Check', 'Place'],
    ...findingRows(checks).map(([row, change]) => [
      { added: 'new', changed: 'changed', removed: 'resolved' }[change],
      row.severity,
      text(`${row.id} ${row.title}`),
      text(row.path ?? row.evidence),
    ]),
  ]);
  writeTable(sink, 'Privileged files', [
    ['', 'Path', 'Before', 'After'],
    ...(diff.privileged ?? []).map((row) => [
      row.change,
      code(row.path),
      text(row.before ?? ''),
      text(row.after ?? ''),
    ]),
  ]);
  writeTable(sink, 'Configuration', [
    ['', 'What'],
    ...(diff.configuration ?? []).map((row) => [row.change, text(configurationText(row))]),
  ]);
  writeTable(sink, 'Licences', [
    ['', 'Licence', 'Packages'],
    ...(diff.licenses ?? []).map((row) => [row.change, text(row.license), String(row.packageIds.length)]),
  ]);
}

/** A table that opens on a click; nothing where there is no row. */
function writeFolded(sink: TextSink, heading: string, table: readonly (readonly string[])[]): void {
  if (table.length < 2) return;
  sink.write(`<details><summary>${heading} (${table.length - 1})</summary>\n\n`);
  writeTable(sink, heading, table);
  sink.write('</details>\n\n');
}
