import type { Arguments, Argv } from 'yargs';
import { PlimsollError } from '../../errors.ts';
import { formatIds } from '../../report/load-format.ts';
import { flagOf, stringOf } from '../arguments.ts';
import type { CliCommand } from '../command.ts';
import { secretPolicyOptions } from '../policy-options.ts';
import { reportGates } from '../report-gates.ts';
import { exitCodeOf, runAnalysis } from '../run-analysis.ts';
import { imageOptions, outputOptions } from '../scan-options.ts';
import { listRules } from '../secrets/list-rules.ts';
import { ownRulesOption } from '../secrets/own-rules-option.ts';
import { secretsTable } from '../secrets/secrets-table.ts';
import { outputsOf, reportOptionsOf, writeReports } from '../write-outputs.ts';

export const command: CliCommand = {
  name: 'secrets',
  summary: 'Secrets in every layer and in the configuration of an image, proven offline',
  usage: 'secrets IMAGE [options]',
  options: (argv) => secretsOptions(argv),
  run: async (args) => {
    if (flagOf(args, 'list-rules')) {
      process.stdout.write(listRules(stringOf(args, 'format')));
      return 0;
    }
    return scanSecrets(args);
  },
};

function secretsOptions(argv: Argv): Argv {
  return ownRulesOption(secretPolicyOptions(outputOptions(imageOptions(argv), formatIds()))).option('list-rules', {
    type: 'boolean',
    describe: 'list the credential types that are known',
  });
}

async function scanSecrets(args: Arguments): Promise<number> {
  if (args._.length !== 1)
    throw new PlimsollError('PLM_USAGE', 'name one image: a path, "-" or dir:PATH', {
      hint: 'plimsoll secrets --help tells the options',
    });
  if (String(args._[0]).startsWith('sbom:'))
    throw new PlimsollError('PLM_USAGE', 'an SBOM holds no secrets to look for');
  const chosen = await outputsOf(args, 'table');
  const outputs = chosen.map((output) => (output.format.id === 'table' ? { ...output, format: secretsTable } : output));
  const run = await runAnalysis(args, new Set(['secret']));
  const options = reportOptionsOf(args);
  await writeReports(run.analyses, outputs, options);
  if (!flagOf(args, 'quiet')) reportGates(run.analyses, outputs, process.stderr);
  return exitCodeOf(run.analyses);
}
