import { counted } from '../../model/counted.ts';
import { lintRules } from '../../policy/ignores/lint-rules.ts';
import { parseIgnores } from '../../policy/ignores/parse-ignores.ts';
import { stringsOf } from '../arguments.ts';
import { printable } from '../printable.ts';
import { readText } from '../read-text.ts';
import { ownRulesOf, ownRulesOption } from '../secrets/own-rules-option.ts';
import type { Subcommand } from '../subcommand.ts';
import { unknownRuleName } from './rule-names.ts';

export const lint: Subcommand = {
  usage: 'lint <files..>',
  summary: 'check ignore files; warn of rules that ran out, run out soon, or never do',
  options: (argv) =>
    ownRulesOption(argv)
      .positional('files', { type: 'string', array: true, demandOption: true })
      .option('max-days', { type: 'number', default: 180, describe: 'warn of rules that hold longer' }),
  run(args) {
    const { ownRules } = ownRulesOf(args);
    const maxDays = Number(args['max-days']);
    for (const path of stringsOf(args, 'files')) {
      const { rules, problems } = parseIgnores(readText(path, 'PLM_IGNORE_INVALID'), path);
      const warnings = [
        ...problems.map((problem) => problem.detail),
        ...lintRules(rules, new Date(), maxDays),
        ...rules.flatMap((rule) => {
          const unknown = unknownRuleName(rule, ownRules);
          return unknown === undefined
            ? []
            : [`${rule.origin} accepts nothing: no secret rule and no image check is called "${unknown}"`];
        }),
      ];
      for (const warning of warnings) process.stdout.write(`warning: ${printable(warning)}\n`);
      process.stdout.write(
        `${printable(path)}: ${counted(rules.length, 'rule')}, ${counted(warnings.length, 'warning')}\n`,
      );
    }
    return 0;
  },
};
