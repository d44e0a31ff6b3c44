import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Arguments } from 'yargs';
import type { AdvisoryBundle } from '../../bundle/advisory-bundle.ts';
import { chooseBundle } from '../../bundle/choose-bundle.ts';
import { openInstalled } from '../../bundle/open-bundle.ts';
import { NODE_FILE_SYSTEM } from '../../bundle/store/file-system.ts';
import { storePaths } from '../../bundle/store/store-layout.ts';
import { installedNames } from '../../bundle/store/versions-kept.ts';
import { PlimsollError } from '../../errors.ts';
import { stringOf } from '../arguments.ts';
import { defaultStore } from '../db/store-context.ts';

/** Bundles at hand besides the current one: those the store keeps, and a file named with `--from`. */
export function earlierBundles(args: Arguments, now: Date): (contentId: string) => AdvisoryBundle | undefined {
  const store = storeFolder(args);
  const named = stringOf(args, 'from');
  const file = named !== undefined && existsSync(named) ? openFile(named, args, now) : undefined;
  return (contentId) => {
    if (file?.info.contentId === contentId) return file;
    for (const name of installedNames(NODE_FILE_SYSTEM, storePaths(store))) {
      // The name ends in the beginning of the content id: others are not opened, and their signatures not checked again.
      if (!contentId.replace(/^sha256:/, '').startsWith(name.slice(name.indexOf('-') + 1))) continue;
      const { bundle } = openInstalled(store, { name, rolledBack: false }, { now: now.getTime() });
      if (bundle.info.contentId === contentId) return bundle;
    }
    return undefined;
  };
}

/** The bundle `--to` names by sequence or as a file; undefined where the option is absent. Throws PLM_NOT_FOUND. */
export function namedBundle(args: Arguments, now: Date): AdvisoryBundle | undefined {
  const wanted = stringOf(args, 'to');
  if (wanted === undefined) return undefined;
  if (existsSync(wanted)) return openFile(wanted, args, now);
  const store = storeFolder(args);
  const name = installedNames(NODE_FILE_SYSTEM, storePaths(store)).find(
    (candidate) => candidate === wanted || candidate.startsWith(`${wanted}-`) || candidate.includes(`.${wanted}-`),
  );
  if (name === undefined)
    throw new PlimsollError('PLM_NOT_FOUND', `the store has no bundle "${wanted}"`, {
      path: store,
      hint: 'plimsoll db status lists them',
    });
  return openInstalled(store, { name, rolledBack: false }, { now: now.getTime() }).bundle;
}

function openFile(path: string, args: Arguments, now: Date): AdvisoryBundle {
  const root = stringOf(args, 'root');
  return chooseBundle({
    db: path,
    defaultStore: storeFolder(args),
    now: now.getTime(),
    ...(root === undefined ? {} : { root }),
  }).bundle;
}

function storeFolder(args: Arguments): string {
  const db = stringOf(args, 'db') ?? defaultStore();
  return existsSync(db) && statSync(db).isDirectory() ? db : join(defaultStore());
}
