import { existsSync } from 'node:fs';
import { isSeq, parseDocument } from 'yaml';
import { PlimsollError } from '../../errors.ts';
import { counted } from '../../model/counted.ts';
import { isExpired } from '../../policy/ignores/ignore-rule.ts';
import { parseIgnores } from '../../policy/ignores/parse-ignores.ts';
import { flagOf, stringOf } from '../arguments.ts';
import { printable } from '../printable.ts';
import { readText } from '../read-text.ts';
import { ownRulesOf, ownRulesOption } from '../secrets/own-rules-option.ts';
import type { Subcommand } from '../subcommand.ts';
import { writeAtomically } from '../write-outputs.ts';
import { unknownRuleName } from './rule-names.ts';

const DEFAULT_FILE = 'plimsoll-ignore.yaml';

/** Fields of a rule in the order they are written, with what each takes. */
const FIELDS = [
  ['id', 'vulnerability or advisory to accept, as CVE-2023-29491; * stands for anything'],
  ['purl', 'only in these packages, as pkg:deb/debian/ncurses*; without a version all of them'],
  ['path', 'only in files with this path, as /usr/lib/**; * stops at a slash'],
  ['rule', 'secret rule or image check to accept, as aws-access-key-id or PLM-C001'],
  ['fingerprint', 'one secret, wherever it lies: the fingerprint that the report gives it'],
  ['image', 'only in images with this name, as registry.local/prod/*'],
  ['reason', 'why it is accepted: stands in every report beside the finding'],
  ['owner', 'who answers for it: a person or a team'],
  ['expires', 'day on which the rule ends (00:00 UTC), as 2027-01-31'],
] as const;

/** `plimsoll ignore add`: append a rule; comments and order of the file stay. */
export const add: Subcommand = {
  usage: 'add',
  summary: 'accept a finding: append a rule with reason, owner and expiry to an ignore file',
  options: (argv) =>
    FIELDS.reduce(
      (parser, [field, describe]) => parser.option(field, { type: 'string', describe }),
      ownRulesOption(argv),
    )
      .demandOption(['reason', 'owner', 'expires'])
      .option('until-fix', { type: 'boolean', describe: 'the rule falls away when a fixed version is known' })
      .option('file', {
        type: 'string',
        default: DEFAULT_FILE,
        describe: 'ignore file to append to; made where there is none',
      }),
  async run(args) {
    const { ownRules } = ownRulesOf(args);
    const path = stringOf(args, 'file') ?? DEFAULT_FILE;
    const before = existsSync(path) ? readText(path, 'PLM_IGNORE_INVALID') : 'ignores: []\n';
    parseIgnores(before, path);
    const document = parseDocument(before);
    const list = document.get('ignores');
    if (!isSeq(list))
      throw new PlimsollError('PLM_IGNORE_INVALID', 'the file is not in our own form', {
        path,
        hint: 'rules can be appended to a file with "ignores:" only',
      });
    const rule = {
      ...Object.fromEntries(
        FIELDS.flatMap(([field]) => (args[field] === undefined ? [] : [[field, String(args[field])]])),
      ),
      ...(flagOf(args, 'until-fix') && { untilFix: true }),
    };
    list.flow = false;
    list.add(document.createNode(rule));
    const text = document.toString();
    const { rules } = parseIgnores(text, path);
    const added = rules.at(-1);
    const unknown = added === undefined ? undefined : unknownRuleName(added, ownRules);
    if (unknown !== undefined)
      throw new PlimsollError('PLM_USAGE', `no secret rule and no image check is called "${unknown}"`, {
        hint: 'plimsoll secrets --list-rules and docs/checks.md list them; --rules FILE reads your own secret rules',
      });
    await writeAtomically(path, (sink) => sink.write(text));
    if (added !== undefined && isExpired(added, new Date()))
      process.stderr.write(`warning: the rule ran out on ${printable(added.expires ?? '')}: it accepts nothing\n`);
    process.stdout.write(`${printable(path)}: ${counted(list.items.length, 'rule')}\n`);
    return 0;
  },
};
