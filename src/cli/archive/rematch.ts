import type { Arguments, Argv } from 'yargs';
import type { AdvisoryBundle } from '../../bundle/advisory-bundle.ts';
import { PlimsollError } from '../../errors.ts';
import { counted } from '../../model/counted.ts';
import { parseSeverity, SEVERITIES, type Severity, severityRank } from '../../model/severity.ts';
import type { ArchiveEvent } from '../../store/archive-event.ts';
import type { ArchiveStore } from '../../store/archive-store.ts';
import { rematch as rematchArchive } from '../../store/rematch.ts';
import { affectedImages, affectedPage, anyAffected, SHOWN } from '../../store/reports/affected-images.ts';
import { type AffectedReport, DIGEST_FORMATS } from '../../store/reports/render-affected.ts';
import { flagOf, stringOf } from '../arguments.ts';
import { bundleFor, bundleOptions } from '../bundle-options.ts';
import { policyOptions } from '../policy-options.ts';
import type { Subcommand } from '../subcommand.ts';
import { archiveOption, withArchive } from './archive-arguments.ts';
import { earlierBundles, namedBundle } from './earlier-bundles.ts';
import { judgeImages } from './judge-images.ts';
import { missedBundle } from './starter-only.ts';
import { digestFiles, hookOptions, writeDigest } from './write-digest.ts';

/** `plimsoll archive rematch`: bring the archive to the installed bundle and tell which images that changed. */
export const rematch: Subcommand = {
  usage: 'rematch',
  summary: 'match the archive with the installed bundle; tell which images are newly affected, and why',
  options: (argv) =>
    alarmOptions(bundleOptions(archiveOption(argv)))
      .option('from', { type: 'string', describe: 'earlier bundle file, where the store does not keep it any more' })
      .option('to', {
        type: 'string',
        describe: 'bundle to match with: its sequence in the store, or a file (default the current one)',
      })
      .option('full', { type: 'boolean', describe: 'match everything instead of what the bundles differ in' })
      .option('format', { choices: DIGEST_FORMATS, default: 'table', describe: 'what to write to stdout' }),
  run: (args) => withArchive(args, (store) => rematchAndTell(args, store)),
};

/** Options that say whom a re-match tells, and what it fails on. */
export function alarmOptions(argv: Argv): Argv {
  return hookOptions(policyOptions(argv))
    .option('exit-on', { type: 'string', describe: 'exit 1 where a finding at least this severe was added' })
    .option('quiet', { type: 'boolean', describe: 'no counts and failed gates on stderr: errors only' });
}

async function rematchAndTell(args: Arguments, store: ArchiveStore): Promise<number> {
  const now = new Date();
  const at = now.toISOString();
  const threshold = thresholdOf(args);
  digestFiles(args);
  const bundle = namedBundle(args, now) ?? (await chosenBundle(args, store, now));
  const result = await rematchArchive({
    store,
    bundle,
    at,
    earlier: earlierBundles(args, now),
    full: flagOf(args, 'full'),
  });
  const told = await store.told();
  const policies = await judgeImages(args, store, { bundle, now, told });
  // Events that an interrupted run has stored and not told are told now.
  const events = await store.events({ after: told });
  const filter = { retired: false };
  const shown = await affectedPage(store, events, { filter, page: { limit: SHOWN } });
  const report: AffectedReport = { from: result.from ?? null, to: result.to, ...shown };
  if (!flagOf(args, 'quiet')) {
    process.stderr.write(
      `${counted(result.changedKeys, 'changed name')}, ${counted(result.componentsMatched, 'component')} matched, ${counted(result.events.length, 'event')}\n`,
    );
    const late = events.filter((event) => event.at < at && event.components !== undefined).length;
    if (late > 0)
      process.stderr.write(`${counted(late, 'event')} of earlier runs, which ended before they were told\n`);
  }
  await writeDigest(args, { report, pages: () => affectedImages(store, events, filter), policies });
  const last = events.at(-1)?.sequence;
  if (last !== undefined) await store.setTold(last);
  const alarming = threshold === undefined ? [] : alarmingEvents(events, threshold);
  return policies.some((policy) => policy.verdict === 'fail') || (await anyAffected(store, alarming, filter)) ? 1 : 0;
}

/**
 * The bundle of the command line or of the installed store. Where both are missing, the starter set does for an archive
 * that knew no more; any other would lose most findings, and its history would say that advisories were withdrawn.
 */
async function chosenBundle(args: Arguments, store: ArchiveStore, now: Date): Promise<AdvisoryBundle> {
  const chosen = bundleFor(args, now);
  if ('failure' in chosen) throw chosen.failure;
  const { bundle } = chosen.chosen;
  const missed = await missedBundle(store, bundle);
  if (missed === undefined) return bundle;
  throw new PlimsollError(
    'PLM_BUNDLE_MISSING',
    `the archive was matched with ${missed}, and no database but the starter set is here`,
    { path: stringOf(args, 'archive'), hint: 'name the database: --db DIR' },
  );
}

/** Throws PLM_USAGE. */
function thresholdOf(args: Arguments): Severity | undefined {
  const text = stringOf(args, 'exit-on');
  const threshold = text === undefined ? undefined : parseSeverity(text);
  if (text === undefined || threshold !== undefined) return threshold;
  throw new PlimsollError('PLM_USAGE', `--exit-on: "${text}" is no severity`, {
    hint: `known: ${SEVERITIES.join(', ')}`,
  });
}

/** Added findings that `--exit-on` fails on. */
function alarmingEvents(events: readonly ArchiveEvent[], threshold: Severity): readonly ArchiveEvent[] {
  return events.filter(({ kind, detail }) => {
    const stated = typeof detail['severity'] === 'string' ? parseSeverity(detail['severity']) : undefined;
    // Unknown counts as high, as in every gate.
    const severity = stated === undefined || stated === 'unknown' ? 'high' : stated;
    return kind === 'added' && severityRank(severity) <= severityRank(threshold);
  });
}
