import { readRootFile } from '../../bundle/open-bundle.ts';
import { NODE_FILE_SYSTEM } from '../../bundle/store/file-system.ts';
import { storePaths } from '../../bundle/store/store-layout.ts';
import { readTrustedRoots } from '../../bundle/store/trust-store.ts';
import { verifyBundle } from '../../bundle/verify-bundle.ts';
import { PlimsollError } from '../../errors.ts';
import { counted } from '../../model/counted.ts';
import { stringOf } from '../arguments.ts';
import { jsonOption, writeJson } from '../json-answer.ts';
import type { Subcommand } from '../subcommand.ts';
import { required, storeOf, storeOption } from './db-arguments.ts';
import { releaseJson, releaseText } from './describe-release.ts';

/** `plimsoll db verify`: everything an import checks, without a store to change. */
export const verify: Subcommand = {
  usage: 'verify <file>',
  summary: 'check a bundle without installing it',
  options: (argv) =>
    jsonOption(storeOption(argv))
      .positional('file', { type: 'string', describe: 'bundle to check' })
      .option('root', { type: 'string', describe: 'root.json to trust (default: what the store trusts)' }),
  run(args) {
    const file = required(args, 'file');
    const root = stringOf(args, 'root');
    const fs = NODE_FILE_SYSTEM;
    const roots = root === undefined ? readTrustedRoots(fs, storePaths(storeOf(args))) : readRootFile(root);
    const trusted = roots.at(-1);
    if (trusted === undefined)
      throw new PlimsollError('PLM_TRUST_ROOT', 'there is no root to trust the bundle by', {
        path: file,
        hint: "give the publisher's --root root.json",
      });
    const release = verifyBundle({ fs, file, trusted, now: Date.now() });
    const rows = [...release.counts.values()].reduce((sum, count) => sum + count.rows, 0);
    const counts = { sections: release.sections.length, rows, canaries: release.canaries.length };
    if (args['format'] === 'json') writeJson({ bundle: releaseJson(release), ...counts });
    else
      process.stdout.write(
        `good: ${release.kind}, ${releaseText(release)}, ` +
          `${counted(counts.sections, 'section')}, ${counted(rows, 'row')}, ${counted(counts.canaries, 'canary', 'canaries')}\ncontentId ${release.contentId}\n`,
      );
    return 0;
  },
};
