import { readFileSync } from 'node:fs';
import type { Arguments } from 'yargs';
import type { AdvisoryBundle } from '../../bundle/advisory-bundle.ts';
import { exitCodeOfError, PlimsollError } from '../../errors.ts';
import { describeUnjudged, type Unjudged } from '../../match/unjudged.ts';
import { unjudgedPresent } from '../../report/notices.ts';
import type { ArchiveStore } from '../../store/archive-store.ts';
import { flagOf, stringOf, stringsOf } from '../arguments.ts';
import { bundleFor, bundleOptions } from '../bundle-options.ts';
import { jsonOption, writeJson } from '../json-answer.ts';
import { printable } from '../printable.ts';
import { renderError } from '../render-error.ts';
import { runAnalysis } from '../run-analysis.ts';
import { imageOptions, scannersOf, scannersOption } from '../scan-options.ts';
import { ownRulesOption } from '../secrets/own-rules-option.ts';
import type { Subcommand } from '../subcommand.ts';
import { type ArchiveResult, archiveAnalysis, KEPT_NOTE, nameOfLocation } from './archive-analysis.ts';
import { archiveOption, labelsOf, withArchive } from './archive-arguments.ts';
import { missedBundle, warnOfStarter } from './starter-only.ts';

/** `plimsoll archive add`: analyze images and SBOMs and remember them. */
export const add: Subcommand = {
  usage: 'add [images..]',
  summary: 'analyze images or SBOMs (sbom:PATH) and remember them',
  options: (argv) =>
    jsonOption(archiveOption(bundleOptions(ownRulesOption(scannersOption(imageOptions(argv), 'all')))))
      .positional('images', { type: 'string', array: true, describe: 'images, dir:PATH or sbom:PATH' })
      .option('label', {
        type: 'string',
        array: true,
        describe: 'NAME=VALUE, repeatable: team=, environment=, deployed=yes …',
      })
      .option('name', { type: 'string', describe: 'name to file an image without a reference under' }),
  async run(args) {
    const locations = stringsOf(args, 'images');
    if (locations.length === 0) throw new PlimsollError('PLM_USAGE', 'name at least one image to archive');
    const chosen = bundleFor(args, new Date());
    const bundle = 'chosen' in chosen ? chosen.chosen.bundle : undefined;
    const labels = labelsOf(stringsOf(args, 'label'));
    const { added, failures } = await withArchive(
      args,
      async (store) => {
        const missed = bundle === undefined ? undefined : await missedBundle(store, bundle);
        if (!flagOf(args, 'quiet')) warnOfStarter(missed);
        return addAll(args, store, { locations, labels, bundle });
      },
      true,
    );
    if (args['format'] === 'json') writeJson({ images: added, ...(failures.length === 0 ? {} : { failures }) });
    if ('failure' in chosen) throw chosen.failure;
    return failures.length === 0 ? 0 : EXIT_UNREADABLE;
  },
};

const EXIT_UNREADABLE = 3;

interface Wanted {
  readonly locations: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly bundle: AdvisoryBundle | undefined;
}

interface Added {
  readonly location: string;
  readonly image: string;
  readonly key: string;
  readonly ref?: string;
  readonly result: ArchiveResult;
  /** Packages that the bundle says nothing about: no finding of theirs is no answer. */
  readonly unjudged: number;
}

interface Failure {
  readonly location: string;
  readonly code: string;
  readonly message: string;
}

/** Archives one location after the other: an image that cannot be read is named, and does not keep the others out. */
async function addAll(
  args: Arguments,
  store: ArchiveStore,
  wanted: Wanted,
): Promise<{
  readonly added: readonly Added[];
  readonly failures: readonly Failure[];
}> {
  const added: Added[] = [];
  const told = new Set<string>();
  const failures: Failure[] = [];
  for (const location of wanted.locations) {
    try {
      added.push(...(await addLocation(args, store, { ...wanted, location, told })));
    } catch (error) {
      if (!isOfImage(error)) throw error;
      failures.push({ location, code: error.code, message: error.message });
      renderError(error, process.stderr);
    }
  }
  return { added, failures };
}

/** Whether one image is to blame, and neither the archive nor the command line. */
function isOfImage(error: unknown): error is PlimsollError {
  return (
    error instanceof PlimsollError &&
    exitCodeOfError(error.code) === EXIT_UNREADABLE &&
    !error.code.startsWith('PLM_ARCHIVE_')
  );
}

async function addLocation(
  args: Arguments,
  store: ArchiveStore,
  {
    location,
    labels,
    bundle,
    told,
  }: Omit<Wanted, 'locations'> & { readonly location: string; readonly told: Set<string> },
): Promise<readonly Added[]> {
  const run = await runAnalysis({ ...args, _: [location], name: undefined }, scannersOf(args), told);
  const source = location.startsWith('sbom:') ? readFileSync(location.slice('sbom:'.length)) : undefined;
  const added: Added[] = [];
  for (const analysis of run.analyses) {
    const name = stringOf(args, 'name') ?? nameOfLocation(location);
    const at = new Date().toISOString();
    const { key, result } = await archiveAnalysis(store, analysis, { name, labels, at, bundle, source });
    const ref = (await store.images({ keys: [key] }))[0]?.names[0];
    const unjudged = unjudgedPresent(analysis);
    const image = analysis.image.manifestDigest ?? key;
    added.push({ location, image, key, ...(ref === undefined ? {} : { ref }), result, unjudged: unjudged.count });
    if (result === 'kept' && !flagOf(args, 'quiet'))
      process.stderr.write(`warning: ${printable(`${ref ?? image} ${KEPT_NOTE}`)}\n`);
    tell(args, printable(`${result.padEnd(8)}${ref ?? image}  ${image}  ${location}`), unjudged);
  }
  return added;
}

function tell(args: Arguments, line: string, unjudged: Unjudged): void {
  if (flagOf(args, 'quiet')) return;
  if (args['format'] !== 'json') process.stdout.write(`${line}\n`);
  if (unjudged.count > 0) process.stderr.write(`warning: ${printable(describeUnjudged(unjudged))}\n`);
}
