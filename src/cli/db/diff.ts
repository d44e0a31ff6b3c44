import { existsSync, statSync } from 'node:fs';
import type { Arguments } from 'yargs';
import type { AdvisoryBundle } from '../../bundle/advisory-bundle.ts';
import { chooseBundle } from '../../bundle/choose-bundle.ts';
import { type ChangedName, diffBundles } from '../../bundle/diff-bundles.ts';
import { openInstalled, openStore } from '../../bundle/open-bundle.ts';
import { NODE_FILE_SYSTEM } from '../../bundle/store/file-system.ts';
import { inspectStore } from '../../bundle/store/inspect-store.ts';
import { parseBundleName, storePaths } from '../../bundle/store/store-layout.ts';
import { installedNames } from '../../bundle/store/versions-kept.ts';
import { PlimsollError } from '../../errors.ts';
import { counted } from '../../model/counted.ts';
import { stringOf } from '../arguments.ts';
import { jsonOption, writeJson } from '../json-answer.ts';
import { printable } from '../printable.ts';
import type { Subcommand } from '../subcommand.ts';
import { storeOf, storeOption } from './db-arguments.ts';

/** `plimsoll db diff`: what an update brought. */
export const diff: Subcommand = {
  usage: 'diff [before] [after]',
  summary: 'packages whose advisories differ between two bundles',
  options: (argv) =>
    jsonOption(storeOption(argv))
      .positional('before', {
        type: 'string',
        describe: 'bundle file, store folder, or a sequence in the store (default: the one before)',
      })
      .positional('after', { type: 'string', describe: 'the same (default: the one in use)' })
      .option('root', { type: 'string', describe: 'root.json to trust for bundle files' }),
  run(args) {
    const after = openNamed(args, stringOf(args, 'after'));
    const before = openNamed(args, stringOf(args, 'before') ?? previousSequence(args));
    const changes = [...diffBundles(before, after)];
    if (args['format'] === 'json') writeJson({ before: sideJson(before), after: sideJson(after), changes });
    else process.stdout.write(diffTable(changes));
    return 0;
  },
};

function previousSequence(args: Arguments): string {
  const previous = inspectStore(NODE_FILE_SYSTEM, storeOf(args)).others[0];
  if (previous !== undefined) return String(previous.sequence);
  throw new PlimsollError('PLM_BUNDLE_MISSING', 'the store holds no earlier bundle to compare with', {
    path: storeOf(args),
  });
}

function openNamed(args: Arguments, name: string | undefined): AdvisoryBundle {
  const store = storeOf(args);
  const now = Date.now();
  if (name === undefined) return openStore(store, { now }).bundle;
  if (/^\d{1,16}$/.test(name) && !existsSync(name)) return openSequence(store, Number(name));
  if (existsSync(name) && statSync(name).isDirectory()) return openStore(name, { now }).bundle;
  const root = stringOf(args, 'root');
  return chooseBundle({ db: name, defaultStore: store, now, ...(root === undefined ? {} : { root }) }).bundle;
}

function openSequence(store: string, sequence: number): AdvisoryBundle {
  const name = installedNames(NODE_FILE_SYSTEM, storePaths(store)).find(
    (held) => parseBundleName(held)?.sequence === sequence,
  );
  if (name === undefined)
    throw new PlimsollError('PLM_BUNDLE_MISSING', `the store does not hold sequence ${sequence}`, { path: store });
  return openInstalled(store, { name, rolledBack: false }, { now: Date.now() }).bundle;
}

function sideJson({ info: { contentId, channel, epoch, sequence } }: AdvisoryBundle) {
  return { contentId, channel, epoch, sequence };
}

function diffTable(changes: readonly ChangedName[]): string {
  const lines = changes.map(({ ecosystem, name, added, removed, changed }) => {
    const parts = [...added.map((id) => `+${id}`), ...removed.map((id) => `-${id}`), ...changed.map((id) => `~${id}`)];
    return `${printable(ecosystem)} ${printable(name)}: ${parts.map(printable).join(' ')}`;
  });
  return `${[...lines, `${counted(changes.length, 'package')} ${changes.length === 1 ? 'differs' : 'differ'}`].join('\n')}\n`;
}
