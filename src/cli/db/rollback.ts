import { rollBack } from '../../bundle/store/rollback.ts';
import { PlimsollError } from '../../errors.ts';
import { jsonOption, writeJson } from '../json-answer.ts';
import type { Subcommand } from '../subcommand.ts';
import { integerOf, storeOf, storeOption } from './db-arguments.ts';
import { releaseJson, releaseText } from './describe-release.ts';
import { storeContext } from './store-context.ts';

/** `plimsoll db rollback`: back to a bundle that is still in the store. */
export const rollback: Subcommand = {
  usage: 'rollback',
  summary: 'use an earlier bundle that is still in the store',
  options: (argv) => jsonOption(storeOption(argv)).option('to', { type: 'number', describe: 'sequence to go to' }),
  run(args) {
    const sequence = integerOf(args, 'to');
    if (sequence === undefined)
      throw new PlimsollError('PLM_USAGE', '--to is missing', { hint: 'plimsoll db status lists the versions' });
    const { status, release } = rollBack({ context: storeContext(), store: storeOf(args), sequence });
    if (args['format'] === 'json') writeJson({ status, bundle: releaseJson(release) });
    else process.stdout.write(`${status === 'current' ? 'already in use' : 'in use'}: ${releaseText(release)}\n`);
    return 0;
  },
};
