import { existsSync } from 'node:fs';
import { PlimsollError } from '../../errors.ts';
import type { CliCommand } from '../command.ts';
import { explainFinding } from '../explain/explain-finding.ts';
import { findingsNamed, indexReport } from '../explain/report-index.ts';
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
    const findings = findingsNamed(report, name, packageName);
    if (findings.length === 0) {
      throw new PlimsollError('PLM_NOT_FOUND', `the report holds no finding "${name}"`, {
        path,
        hint: 'vulnerabilities are found by id, alias or advisory id; --package narrows by package',
      });
    }
    const texts = findings.map((finding) => explainFinding(finding, report).map(printable).join('\n'));
    process.stdout.write(`${texts.join('\n\n----\n\n')}\n`);
    return 0;
  },
};
