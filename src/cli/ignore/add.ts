import { existsSync } from 'node:fs';
import { isSeq, parseDocument } from 'yaml';
import { PlimsollError } from '../../errors.ts';
import { parseIgnores } from '../../policy/ignores/parse-ignores.ts';
import { readText } from '../read-text.ts';
import { stringOf } from '../scan-options.ts';
import type { Subcommand } from '../subcommand.ts';
import { writeAtomically } from '../write-outputs.ts';

const FIELDS = ['id', 'purl', 'path', 'rule', 'fingerprint', 'image', 'reason', 'owner', 'expires'] as const;

/** `plimsoll ignore add`: append a rule; comments and order of the file stay. */
export const add: Subcommand = {
  usage: 'add',
  summary: 'accept a finding: append a rule with reason, owner and expiry to an ignore file',
  options: (argv) =>
    FIELDS.reduce((parser, field) => parser.option(field, { type: 'string', describe: `${field} of the rule` }), argv)
      .demandOption(['reason', 'owner', 'expires'])
      .option('file', { type: 'string', default: 'plimsoll-ignore.yaml', describe: 'file to append to' }),
  async run(args) {
    const path = stringOf(args, 'file') ?? 'plimsoll-ignore.yaml';
    const before = existsSync(path) ? readText(path, 'PLM_IGNORE_INVALID') : 'ignores: []\n';
    parseIgnores(before, path);
    const document = parseDocument(before);
    const list = document.get('ignores');
    if (!isSeq(list))
      throw new PlimsollError('PLM_IGNORE_INVALID', 'the file is not in our own form', {
        path,
        hint: 'rules can be appended to a file with "ignores:" only',
      });
    const rule = Object.fromEntries(
      FIELDS.flatMap((field) => (args[field] === undefined ? [] : [[field, String(args[field])]])),
    );
    list.flow = false;
    list.add(document.createNode(rule));
    const text = document.toString();
    parseIgnores(text, path);
    await writeAtomically(path, (sink) => sink.write(text));
    return 0;
  },
};
