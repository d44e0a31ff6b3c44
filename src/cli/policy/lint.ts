import { counted } from '../../model/counted.ts';
import { parsePolicy } from '../../policy/gates/parse-policy.ts';
import { lintRules } from '../../policy/ignores/lint-rules.ts';
import { stringsOf } from '../arguments.ts';
import { printable } from '../printable.ts';
import { readText } from '../read-text.ts';
import type { Subcommand } from '../subcommand.ts';

/** `plimsoll policy lint`: whether a policy says what its writer meant, as far as a program can tell. */
export const lint: Subcommand = {
  usage: 'lint <files..>',
  summary: 'check policy files: words, patterns, expressions, exceptions',
  options: (argv) => argv.positional('files', { type: 'string', array: true, demandOption: true }),
  run(args) {
    for (const path of stringsOf(args, 'files')) {
      const policy = parsePolicy(readText(path, 'PLM_POLICY_INVALID'), path);
      for (const warning of lintRules(policy.ignores, new Date(), MAX_DAYS))
        process.stdout.write(`warning: ${printable(warning)}\n`);
      process.stdout.write(
        `${printable(path)}: ${counted(policy.gates.length, 'gate')}, ${counted(policy.ignores.length, 'exception')}\n`,
      );
    }
    return 0;
  },
};

/** Exceptions further ahead are forgotten rather than looked at again. */
const MAX_DAYS = 180;
