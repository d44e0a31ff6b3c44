import type { Arguments, Argv } from 'yargs';
import { type ChosenBundle, chooseBundle, sourceAges } from '../bundle/choose-bundle.ts';
import { exitCodeOfError, PlimsollError } from '../errors.ts';
import type { Analysis } from '../model/analysis.ts';
import type { Problem } from '../model/problem.ts';
import { flagOf, stringOf } from './arguments.ts';
import { defaultStore } from './db/store-context.ts';
import { printable } from './printable.ts';

/** Sources older than this are worth a line on stderr; gates have options of their own. */
const WARN_AFTER_DAYS = 7;
const EXIT_BUNDLE = 4;

/** Options that choose the advisory bundle. */
export function bundleOptions(argv: Argv): Argv {
  return argv
    .option('db', {
      type: 'string',
      describe: 'advisory store folder or .plb file (default the installed store, else the starter set)',
    })
    .option('root', { type: 'string', describe: 'root.json to trust for a .plb file' });
}

/** The bundle of a run, or why there is none: what needs no bundle is still reported. */
export type BundleResult =
  | { readonly chosen: ChosenBundle; readonly problems: readonly Problem[] }
  | { readonly failure: PlimsollError; readonly problems: readonly Problem[] };

/** Opens the bundle the command line chooses. Throws only what is no matter of the bundle. */
export function bundleFor(args: Arguments, now: Date): BundleResult {
  const db = stringOf(args, 'db');
  const root = stringOf(args, 'root');
  try {
    const chosen = chooseBundle({
      defaultStore: defaultStore(),
      now: now.getTime(),
      ...(db === undefined ? {} : { db }),
      ...(root === undefined ? {} : { root }),
    });
    return { chosen, problems: chosen.problems };
  } catch (error) {
    if (!(error instanceof PlimsollError) || exitCodeOfError(error.code) !== EXIT_BUNDLE) throw error;
    const detail = 'the advisory database could not be used; nothing was matched';
    return { failure: error, problems: [{ code: error.code, detail }] };
  }
}

/**
 * Says on stderr what the clock says about the bundle and about the sources these images were judged by. What was `told`
 * before is not said again: of a hundred images the hundredth line says nothing new.
 */
export function warnAboutAge(
  args: Arguments,
  chosen: ChosenBundle,
  { analyses, told }: { readonly analyses: readonly Pick<Analysis, 'bundle'>[]; readonly told: Set<string> },
): void {
  if (flagOf(args, 'quiet')) return;
  const warn = (warning: string): void => {
    if (!told.has(warning)) process.stderr.write(`warning: ${printable(warning)}\n`);
    told.add(warning);
  };
  for (const warning of chosen.warnings) warn(warning);
  if (chosen.bundle.info.starter) return;
  const used = new Set(
    analyses.flatMap((analysis) =>
      (analysis.bundle?.sources ?? []).filter((source) => source.used === true).map(({ id }) => id),
    ),
  );
  for (const { id, capturedAt, days } of sourceAges(chosen.bundle, [...used], chosen.trustedNow)) {
    if (days > WARN_AFTER_DAYS) warn(`source ${id} is ${days} days old (${capturedAt})`);
  }
}
