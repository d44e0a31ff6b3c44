import type { Analysis } from '../../model/analysis.ts';
import { counted } from '../../model/counted.ts';
import {
  describeBytes,
  describeLayer,
  hasLayers,
  imageName,
  packageLabel,
  platformName,
  secretPlace,
} from '../describe.ts';
import type { ReportFormat, TextSink } from '../format.ts';
import { code, text, writeTable } from '../markdown-text.ts';
import {
  baseText,
  NOT_LOOKED_FOR,
  noFindingsText,
  notices,
  verdictReason,
  verdictWord,
  wasLookedFor,
} from '../notices.ts';
import { problemGroups } from '../problem-groups.ts';
import { packagesById, type Summary, summarize, worstFirst } from '../summary.ts';

/** A summary for pull requests and job summaries (GitHub flavoured Markdown). */
export const format: ReportFormat = {
  id: 'markdown',
  title: 'Summary for pull requests',
  mediaType: 'text/markdown; charset=utf-8',
  write: (analysis, sink) => {
    const sign = { PASSED: '✅', 'PASSED WITH WARNINGS': '⚠️', FAILED: '❌', 'NOT JUDGED': 'ℹ️' }[verdictWord(analysis)];
    sink.write(`## Plimsoll: ${sign} ${verdictWord(analysis).toLowerCase()} (${verdictReason(analysis)})\n\n`);
    sink.write(
      `${code(imageName(analysis.image))}, ${text(analysis.image.os.prettyName)}, ${text(platformName(analysis.image))}\n\n`,
    );
    for (const notice of notices(analysis)) sink.write(`> ${text(notice)}\n\n`);
    writeNumbers(analysis, sink);
    const gates = analysis.policy.gates.filter((gate) => !gate.passed);
    const why = gates.map((gate) => [gate.action, text(gate.id), text(gate.message)]);
    writeTable(sink, 'Gates', [['', 'Gate', 'Why'], ...why]);
    writeFindings(analysis, sink);
    writeSecrets(analysis, sink);
    const { coverage, policy } = problemGroups(analysis.problems);
    for (const { heading, tells, problems } of [policy, coverage]) {
      const rows = problems.map(({ code: name, path, detail }) => [code(name), text(path ?? ''), text(detail)]);
      writeTable(sink, heading, [['Code', 'Path', tells], ...rows]);
    }
    writeDatabase(analysis, sink);
  },
};

function writeNumbers(analysis: Analysis, sink: TextSink): void {
  const summary = summarize(analysis);
  const severities = summary.severities
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `**${count}** ${severity}`);
  const vulnerabilities =
    analysis.bundle === undefined
      ? 'not looked for'
      : severities.length === 0
        ? noFindingsText(analysis)
        : severities.join(', ');
  sink.write(`| | |\n|---|---|\n| Vulnerabilities | ${vulnerabilities} |\n`);
  sink.write(`| Secrets | ${secretsText(analysis, summary)} |\n`);
  sink.write(
    `| Deleted but still in the image | ${wasLookedFor(analysis, 'file') ? `${counted(analysis.files.deleted.length, 'file')}, ${describeBytes(summary.deletedBytes)}` : NOT_LOOKED_FOR} |\n`,
  );
  sink.write(
    `| Packages | ${summary.packages}${summary.historyPackages > 0 ? `, ${summary.historyPackages} of them only in history` : ''} |\n`,
  );
  const base = baseText(analysis);
  if (base !== undefined) sink.write(`| Base image | ${text(base)} |\n`);
  const configuration = wasLookedFor(analysis, 'config')
    ? counted(summary.misconfigurations, 'finding')
    : NOT_LOOKED_FOR;
  sink.write(`| Configuration | ${configuration} |\n\n`);
}

function secretsText(analysis: Analysis, { openSecrets, hiddenSecrets, suppressedSecrets }: Summary): string {
  if (!wasLookedFor(analysis, 'secret')) return NOT_LOOKED_FOR;
  if (openSecrets === 0 && suppressedSecrets > 0) return `none open, ${suppressedSecrets} suppressed`;
  return `${openSecrets}${hiddenSecrets > 0 ? `, ${hiddenSecrets} of them in files deleted or overwritten later` : ''}`;
}

function writeFindings(analysis: Analysis, sink: TextSink): void {
  const packages = packagesById(analysis);
  const rows = worstFirst(analysis).map((finding): readonly string[] => {
    const item = packages.get(finding.packageId);
    const marks = `${finding.kev === undefined ? '' : ' 🔥'}${finding.state === 'present' ? '' : ` (${finding.state})`}`;
    return [
      finding.severity,
      `${text(finding.id)}${marks}`,
      text(`${item === undefined ? finding.packageId : packageLabel(item)} ${item?.version ?? ''}`),
      text(finding.fixedIn.join(', ')),
      hasLayers(analysis.image) ? text(describeLayer(analysis.image, finding.layer)) : '',
    ];
  });
  writeTable(sink, 'Vulnerabilities', [['Severity', 'Id', 'Package', 'Fixed in', 'Layer'], ...rows]);
}

function writeSecrets(analysis: Analysis, sink: TextSink): void {
  const rows = analysis.secrets
    .filter((secret) => secret.suppressed === undefined)
    .map((secret) => [
      secret.verdict,
      text(secret.title ?? secret.ruleId),
      code(secretPlace(secret)),
      secret.layer === undefined ? '' : String(secret.layer),
      secret.state ?? '',
    ]);
  writeTable(sink, 'Secrets', [['', 'Kind', 'Place', 'Layer', 'State'], ...rows]);
}

function writeDatabase({ bundle }: Analysis, sink: TextSink): void {
  if (bundle === undefined) return;
  const notes = [
    bundle.starter === true ? 'starter set only' : '',
    bundle.expired === true ? 'expired' : '',
    bundle.coverage.os === 'noData' ? 'no data for this system' : '',
  ].filter((note) => note !== '');
  sink.write(
    `Database ${text(bundle.channel)} ${bundle.sequence}, built ${text(bundle.builtAt)}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}\n`,
  );
}
