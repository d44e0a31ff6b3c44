import { applyPolicy } from '../../policy/apply-policy.ts';
import { unjudge } from '../../policy/unjudge.ts';
import { jsonText } from '../../report/json-text.ts';
import { flagOf, stringOf } from '../arguments.ts';
import { policyOptions, policyOptionsOf } from '../policy-options.ts';
import { printable } from '../printable.ts';
import { readReport } from '../read-report.ts';
import { nameTrippedGates } from '../report-gates.ts';
import { exitCodeOf } from '../run-analysis.ts';
import { fileOptions } from '../scan-options.ts';
import type { Subcommand } from '../subcommand.ts';
import { fileOutputsOf, reportOptionsOf, writeReports } from '../write-outputs.ts';

/** `plimsoll policy check`: judge a report that was written earlier, under other rules or on another day. */
export const check: Subcommand = {
  usage: 'check <report>',
  summary: 'judge a JSON report anew (other gates, another day, other exceptions), and write it in other formats (-o)',
  options: (argv) =>
    policyOptions(fileOptions(argv))
      .positional('report', { type: 'string', demandOption: true, describe: 'report written with --format json' })
      .option('history', { type: 'boolean', describe: 'count what only history holds' })
      .option('quiet', { type: 'boolean', describe: 'no output: the exit code only' })
      .option('format', { choices: ['table', 'json'] as const, default: 'table' }),
  async run(args) {
    const { options, problems } = await policyOptionsOf(args);
    const outputs = await fileOutputsOf(args);
    const reportOptions = reportOptionsOf(args);
    const report = await readReport(stringOf(args, 'report') ?? '');
    const unjudged = unjudge(report);
    const judged = applyPolicy({ ...unjudged, problems: [...problems, ...unjudged.problems] }, options, new Date());
    await writeReports([judged], outputs, reportOptions);
    if (flagOf(args, 'quiet')) return exitCodeOf([judged]);
    if (args['format'] === 'json') {
      process.stdout.write(`${jsonText(judged.policy, 2)}\n`);
      nameTrippedGates(judged.policy.gates, process.stderr);
    } else {
      for (const gate of judged.policy.gates) {
        const verdict = gate.passed ? 'pass' : gate.action;
        // Gates about the whole image or the database have met nothing but that.
        const isAboutAll = gate.subject === 'image' || gate.subject === 'database' || gate.findings.length === 0;
        const found = gate.passed || isAboutAll ? '' : ` [${printable(listOf(gate.findings))}]`;
        process.stdout.write(`${verdict.padEnd(5)}${printable(gate.id)}: ${printable(gate.message)}${found}\n`);
      }
      const verdict = judged.policy.gates.length === 0 ? 'none, since no gate is set' : judged.policy.verdict;
      process.stdout.write(`verdict: ${verdict}\n`);
    }
    return exitCodeOf([judged]);
  },
};

/** A gate may have met hundreds. */
const LISTED = 10;

function listOf(names: readonly string[]): string {
  const more = names.length - LISTED;
  return `${names.slice(0, LISTED).join(' ')}${more > 0 ? ` and ${more} more; --format json lists all` : ''}`;
}
