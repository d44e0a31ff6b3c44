import { readRootFile } from '../../bundle/open-bundle.ts';
import { pinRoot } from '../../bundle/store/pin-root.ts';
import { rootFingerprint } from '../../bundle/trust/root.ts';
import { stringOf } from '../arguments.ts';
import { required, storeOf, storeOption } from '../db/db-arguments.ts';
import { storeContext } from '../db/store-context.ts';
import type { Subcommand } from '../subcommand.ts';

/** `plimsoll trust init`: what a store shall trust, said once. */
export const init: Subcommand = {
  usage: 'init',
  summary: 'make a store trust a root before its first import',
  options: (argv) =>
    storeOption(argv)
      .option('root', { type: 'string', describe: 'root.json to trust' })
      .option('fingerprint', { type: 'string', describe: 'SHA-256 of the root, from a second channel, to compare' }),
  run(args) {
    const fingerprint = stringOf(args, 'fingerprint');
    const { root, document } = pinRoot({
      context: storeContext(),
      store: storeOf(args),
      chain: readRootFile(required(args, 'root')),
      ...(fingerprint === undefined ? {} : { fingerprint }),
    });
    process.stdout.write(
      `trusted: ${root.authority} version ${root.version}\nfingerprint ${rootFingerprint(document)}\n`,
    );
    if (fingerprint === undefined)
      process.stderr.write('compare the fingerprint with the publisher over another channel\n');
    return 0;
  },
};
