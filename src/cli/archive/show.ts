import type { Arguments } from 'yargs';
import { describeUnjudged, type Unjudged } from '../../match/unjudged.ts';
import { SEVERITIES } from '../../model/severity.ts';
import { unjudgedPresent } from '../../report/notices.ts';
import type { ArchivedImage, ArchiveStore, BundleMark } from '../../store/archive-store.ts';
import { currentAnalysis } from '../../store/current-analysis.ts';
import { stringOf } from '../arguments.ts';
import { bundleFor, bundleOptions } from '../bundle-options.ts';
import { jsonOption, writeJson } from '../json-answer.ts';
import { printable } from '../printable.ts';
import type { Subcommand } from '../subcommand.ts';
import { archiveOption, oneImage, withArchive } from './archive-arguments.ts';
import { describeImage } from './describe-image.ts';
import { matchedAnalysis } from './matched-analysis.ts';

export const show: Subcommand = {
  usage: 'show <image>',
  summary: 'one archived image and its findings under the current bundle',
  options: (argv) =>
    jsonOption(bundleOptions(archiveOption(argv))).positional('image', { type: 'string', demandOption: true }),
  run: (args) =>
    withArchive(args, async (store) => {
      const image = await oneImage(store, stringOf(args, 'image') ?? '');
      const analysis = await currentAnalysis(store, image.key);
      const packages = analysis?.packages ?? [];
      const open = (analysis?.vulnerabilities ?? []).filter((finding) => finding.suppressed === undefined);
      const findings = Object.fromEntries(
        SEVERITIES.map((severity) => [severity, open.filter((finding) => finding.severity === severity).length]),
      );
      const bundle = await store.current();
      const unjudged =
        bundle === undefined
          ? unjudgedPresent({ packages, bundle })
          : await unjudgedBy(args, store, { image, contentId: bundle.contentId });
      const unmatched = await unmatchedComponents(store, image.key);
      if (args['format'] === 'json') {
        const counts = { packages: packages.length, findings, unjudged: unjudged?.count ?? null, unmatched };
        writeJson({ ...describeImage(image), ...counts, bundle: bundle ?? null, vulnerabilities: open });
      } else {
        const facts = {
          ...textOf(image),
          packages: packages.length,
          findings: SEVERITIES.map((severity) => `${findings[severity]} ${severity}`).join(', '),
          judged: judgedText(unjudged, unmatched),
          bundle: bundleText(bundle),
        };
        for (const [name, value] of Object.entries(facts))
          process.stdout.write(`${name.padEnd(14)}${printable(String(value))}\n`);
      }
      return 0;
    }),
};

/** What the bundle has no data for; undefined where the bundle the archive was matched with is not at hand. */
async function unjudgedBy(
  args: Arguments,
  store: ArchiveStore,
  { image, contentId }: { readonly image: ArchivedImage; readonly contentId: string },
): Promise<Unjudged | undefined> {
  const chosen = bundleFor(args, new Date());
  if ('failure' in chosen) {
    if (stringOf(args, 'db') !== undefined) throw chosen.failure;
    return undefined;
  }
  if (chosen.chosen.bundle.info.contentId !== contentId) return undefined;
  const { packages, bundle } = await matchedAnalysis(store, image, chosen.chosen.bundle);
  return unjudgedPresent({ packages, bundle });
}

/** Components that were archived under another bundle than the current one: the next re-match looks at them. */
async function unmatchedComponents(store: ArchiveStore, key: string): Promise<number> {
  const own = new Set(await store.componentsOf(key));
  return [...(await store.componentsElsewhere()).values()].flat().filter((component) => own.has(component)).length;
}

function textOf(image: ArchivedImage): Readonly<Record<string, unknown>> {
  return {
    ...describeImage(image),
    names: image.names.join(', '),
    labels: Object.entries(image.labels)
      .map(([name, value]) => `${name}=${value}`)
      .join('  '),
  };
}

function judgedText(unjudged: Unjudged | undefined, unmatched: number): string {
  const waiting = unmatched === 0 ? '' : `; ${unmatched} wait for the next re-match`;
  if (unjudged === undefined) return `not known: --db names the database the archive was matched with${waiting}`;
  return `${describeUnjudged(unjudged)}${waiting}`;
}

function bundleText(bundle: BundleMark | undefined): string {
  if (bundle === undefined) return 'none yet';
  return `${bundle.channel} ${bundle.epoch}.${bundle.sequence} of ${bundle.builtAt}, ${bundle.contentId}`;
}
