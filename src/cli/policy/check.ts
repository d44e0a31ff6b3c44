import { isRecord, parseJson } from '../../bytes/json.ts';
import { PlimsollError } from '../../errors.ts';
import { DEFAULT_LIMITS } from '../../limits.ts';
import type { Analysis } from '../../model/analysis.ts';
import { applyPolicy } from '../../policy/apply-policy.ts';
import { unjudge } from '../../policy/unjudge.ts';
import { policyOptions, policyOptionsOf } from '../policy-options.ts';
import { printable } from '../printable.ts';
import { readReportText } from '../read-text.ts';
import { nameTrippedGates } from '../report-gates.ts';
import { exitCodeOf } from '../run-analysis.ts';
import { flagOf, stringOf } from '../scan-options.ts';
import type { Subcommand } from '../subcommand.ts';

/** `plimsoll policy check`: judge a report that was written earlier, under other rules or on another day. */
export const check: Subcommand = {
  usage: 'check <report>',
  summary: 'judge a JSON report anew: other gates, another day, other exceptions',
  options: (argv) =>
    policyOptions(argv)
      .positional('report', { type: 'string', demandOption: true, describe: 'report written with --format json' })
      .option('history', { type: 'boolean', describe: 'count what only history holds' })
      .option('quiet', { type: 'boolean', describe: 'no output: the exit code only' })
      .option('format', { choices: ['table', 'json'] as const, default: 'table' }),
  async run(args) {
    const { options, problems } = await policyOptionsOf(args);
    const report = readReport(stringOf(args, 'report') ?? '');
    const judged = applyPolicy(
      { ...unjudge(report), problems: [...problems, ...unjudge(report).problems] },
      options,
      new Date(),
    );
    if (flagOf(args, 'quiet')) return exitCodeOf([judged]);
    if (args['format'] === 'json') {
      process.stdout.write(`${JSON.stringify(judged.policy, undefined, 2)}\n`);
      nameTrippedGates(judged.policy.gates, process.stderr);
    } else {
      for (const gate of judged.policy.gates) {
        const verdict = gate.passed ? 'pass' : gate.action;
        process.stdout.write(
          `${verdict.padEnd(5)}${printable(gate.id)}: ${printable(gate.message)}${gate.passed ? '' : ` [${printable(gate.findings.join(' '))}]`}\n`,
        );
      }
      const verdict = judged.policy.gates.length === 0 ? 'none, since no gate is set' : judged.policy.verdict;
      process.stdout.write(`verdict: ${verdict}\n`);
    }
    return exitCodeOf([judged]);
  },
};

/** A report of this program; what it holds was written by it and is trusted no further than its shape. Throws PLM_REPORT_INVALID. */
function readReport(path: string): Analysis {
  const value = parseJson(readReportText(path), DEFAULT_LIMITS.jsonDepth);
  if (isReport(value)) return value;
  throw new PlimsollError('PLM_REPORT_INVALID', 'this is no report of version 1', {
    path,
    hint: 'write one with: plimsoll scan IMAGE -o json=FILE',
  });
}

const LISTS = ['packages', 'vulnerabilities', 'secrets', 'misconfigurations', 'problems'];

function isReport(value: unknown): value is Analysis {
  return (
    isRecord(value) &&
    value['schemaVersion'] === 1 &&
    isRecord(value['image']) &&
    LISTS.every((name) => Array.isArray(value[name]))
  );
}
