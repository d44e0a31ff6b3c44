import { countersign } from '../../bundle/countersign.ts';
import { NODE_FILE_SYSTEM } from '../../bundle/store/file-system.ts';
import { PlimsollError } from '../../errors.ts';
import { stringOf, stringsOf } from '../arguments.ts';
import { printable } from '../printable.ts';
import type { Subcommand } from '../subcommand.ts';
import { keyOptions, required, signingKeysOf } from './db-arguments.ts';
import { writeFile } from './write-file.ts';

/** `plimsoll db sign`: one more signer adds a signature. */
export const sign: Subcommand = {
  usage: 'sign <file>',
  summary: 'add signatures to a bundle, on a machine that holds a key',
  options: (argv) =>
    keyOptions(argv)
      .positional('file', { type: 'string', describe: 'bundle to sign' })
      .option('out', { type: 'string', describe: 'file to write (default: the bundle itself)' }),
  run(args) {
    const file = required(args, 'file');
    const paths = stringsOf(args, 'key');
    if (paths.length === 0)
      throw new PlimsollError('PLM_USAGE', '--key is missing', { hint: 'name a release key file' });
    const out = stringOf(args, 'out') ?? file;
    const keys = signingKeysOf(args, paths);
    const { release, signers, threshold } = countersign(NODE_FILE_SYSTEM, { file, keys }, (parts) =>
      writeFile(out, parts),
    );
    process.stdout.write(
      `${printable(out)}: sequence ${release.epoch}.${release.sequence}, signed by ${signers} of ${threshold} keys demanded\n`,
    );
    return 0;
  },
};
