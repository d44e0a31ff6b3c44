import type { Arguments, Argv } from 'yargs';
import { builtInRules } from '../../secrets/built-in-scan.ts';
import type { OwnRule } from '../../secrets/own-rules/own-rule.ts';
import { parseOwnRules } from '../../secrets/own-rules/parse-own-rules.ts';
import { stringOf } from '../arguments.ts';
import { readText } from '../read-text.ts';

export function ownRulesOption(argv: Argv): Argv {
  return argv.option('rules', { type: 'string', describe: 'YAML file with own secret rules (docs/secrets.md)' });
}

/** The rules `--rules` names; nothing where it was not given. Throws PLM_RULES_INVALID. */
export function ownRulesOf(args: Arguments): { readonly ownRules?: readonly OwnRule[] } {
  const path = stringOf(args, 'rules');
  if (path === undefined) return {};
  const text = readText(path, 'PLM_RULES_INVALID');
  return { ownRules: parseOwnRules(text, path, (id) => builtInRules().byId.has(id)) };
}
