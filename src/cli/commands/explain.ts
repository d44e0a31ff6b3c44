import { existsSync } from 'node:fs';
import { PlimsollError } from '../../errors.ts';
import type { CliCommand } from '../command.ts';
import { explainCheck } from '../explain/explain-check.ts';
import { explainFinding } from '../explain/explain-finding.ts';
import { explainSecret } from '../explain/explain-secret.ts';
import { checksNamed, findingsNamed, indexReport, type ReportIndex, secretsNamed } from '../explain/report-index.ts';
import { printable } from '../printable.ts';
import { readReportText } from '../read-text.ts';

export const command: CliCommand = {
  name: 'explain',
  summary: 'Say in words why a report holds a finding and what to do about it',
  usage: 'explain FINDING REPORT [options]',
  options: (argv) =>
    argv
      .option('package', { type: 'string', describe: 'only on this package (id or name)' })
      .demandCommand(2, 2, 'name a finding and a report', 'name one finding and one report'),
  run: async (args) => {
    const [name = '', path = ''] = args._.map(String);
    const packageName = typeof args['package'] === 'string' ? args['package'] : undefined;
    if (!existsSync(path) && existsSync(name)) {
      throw new PlimsollError('PLM_USAGE', 'the finding comes first, then the report', {
        path: name,
        hint: `plimsoll explain ${path} ${name}`,
      });
    }
    const report = indexReport(readReportText(path), path);
    const texts = [
      ...findingsNamed(report, name, packageName).map((finding) => explainFinding(finding, report)),
      ...(packageName === undefined ? explainOthers(report, name) : []),
    ].map((lines) => lines.map(printable).join('\n'));
    if (texts.length === 0) {
      throw new PlimsollError('PLM_NOT_FOUND', `the report holds no finding "${name}"`, {
        path,
        hint: 'vulnerabilities are found by id, alias or advisory id (--package narrows by package), secrets by fingerprint or rule, image checks by number',
      });
    }
    process.stdout.write(`${texts.join('\n\n----\n\n')}\n`);
    return 0;
  },
};

function explainOthers(report: ReportIndex, name: string): readonly (readonly string[])[] {
  return [
    ...secretsNamed(report, name).map((secret) => explainSecret(secret, report)),
    ...checksNamed(report, name).map((check) => explainCheck(check, report)),
  ];
}
