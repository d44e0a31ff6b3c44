import { PlimsollError } from '../../errors.ts';
import type { ArchiveEvent } from '../../store/archive-event.ts';
import type { ArchivedImage, ArchiveStore } from '../../store/archive-store.ts';
import { findingIds } from '../../store/component-finding.ts';
import { knownAt } from '../../store/known-at.ts';
import { stringOf } from '../arguments.ts';
import { jsonOption, writeJson } from '../json-answer.ts';
import { printable } from '../printable.ts';
import type { Subcommand } from '../subcommand.ts';
import { archiveOption, endOf, oneImage, withArchive } from './archive-arguments.ts';
import { advisoryIds } from './search-query.ts';

/** `plimsoll archive history`: everything that happened to an image or a CVE, or what was known on a day. */
export const history: Subcommand = {
  usage: 'history <subject>',
  summary: 'events of an image or an advisory; --at DATE tells what was known of an image then',
  options: (argv) =>
    jsonOption(archiveOption(argv))
      .positional('subject', { type: 'string', demandOption: true, describe: 'image or advisory id' })
      .option('at', { type: 'string', describe: 'a time: the findings open then, and the bundle they came from' }),
  run: (args) =>
    withArchive(args, async (store) => {
      const subject = stringOf(args, 'subject') ?? '';
      const at = stringOf(args, 'at');
      if (at !== undefined)
        return tellKnown(store, { subject, at: endOf(at, new Date()), json: args['format'] === 'json' });
      const events = await eventsOf(store, subject);
      const told = await withPurls(store, events);
      if (args['format'] === 'json') writeJson({ subject, events: told });
      else {
        for (const event of told) {
          const purls = event.purls === undefined ? undefined : someOf(event.purls);
          const what = [event.vulnerability, purls, textOf(event.detail['severity'])].filter(
            (part) => part !== undefined,
          );
          const line = `${event.at}  ${event.kind.padEnd(14)} ${event.cause.padEnd(22)} ${what.join('  ')}`;
          process.stdout.write(`${printable(line.trimEnd())}\n`);
        }
      }
      return 0;
    }),
};

/** Events of an image, one that was removed among them, or of an advisory. Throws PLM_NOT_FOUND, PLM_IMAGE_AMBIGUOUS. */
async function eventsOf(store: ArchiveStore, subject: string): Promise<readonly ArchiveEvent[]> {
  const images = await store.images({ image: subject });
  if (images.length > 0) return imageEvents(store, await oneImage(store, subject));
  const removed = await store.events({ image: subject });
  if (removed.length > 0) return removed;
  const events = await advisoryEvents(store, advisoryIds(subject));
  if (events.length > 0) return events;
  throw new PlimsollError('PLM_NOT_FOUND', `the archive knows no image and no event of an advisory "${subject}"`, {
    hint: 'plimsoll archive list shows the images, plimsoll archive search the places of a flaw',
  });
}

/** Events are filed under one id of a flaw: the others are found through its open findings. */
async function advisoryEvents(store: ArchiveStore, ids: readonly string[]): Promise<readonly ArchiveEvent[]> {
  const named = (await store.findings(await store.componentsWithFindings(ids)))
    .map((finding) => finding.shared.finding)
    .filter((finding) => findingIds(finding).some((id) => ids.includes(id)))
    .map((finding) => finding.id);
  const found = await Promise.all(
    [...new Set([...ids, ...named])].map((vulnerability) => store.events({ vulnerability })),
  );
  return found.flat().sort((left, right) => left.sequence - right.sequence);
}

async function imageEvents(store: ArchiveStore, image: ArchivedImage): Promise<readonly ArchiveEvent[]> {
  const own = await store.events({ image: image.key });
  const components = await store.componentsOf(image.key);
  const ofComponents = await store.events({ component: components, since: image.addedAt });
  const here = new Set(components);
  const narrowed = ofComponents.map((event) => ({
    ...event,
    components: (event.components ?? []).filter((component) => here.has(component)),
  }));
  return [...own, ...narrowed].sort((left, right) => left.sequence - right.sequence);
}

type ToldEvent = ArchiveEvent & { readonly purls?: readonly string[] };

/** Events with the packages they happened to; those that left the archive have no name any more. */
async function withPurls(store: ArchiveStore, events: readonly ArchiveEvent[]): Promise<readonly ToldEvent[]> {
  const ids = [...new Set(events.flatMap((event) => event.components ?? []))];
  const purls = new Map((await store.components(ids)).map(({ id, component }) => [id, component.package.purl]));
  return events.map((event) =>
    event.components === undefined
      ? event
      : { ...event, purls: event.components.map((id) => purls.get(id)).filter((purl) => purl !== undefined) },
  );
}

const PURLS_IN_A_LINE = 3;

function someOf(purls: readonly string[]): string {
  const more = purls.length - PURLS_IN_A_LINE;
  return `${purls.slice(0, PURLS_IN_A_LINE).join(' ')}${more > 0 ? ` and ${more} more` : ''}`;
}

async function tellKnown(
  store: ArchiveStore,
  { subject, at, json }: { readonly subject: string; readonly at: string; readonly json: boolean },
): Promise<number> {
  const known = await knownAt(store, (await oneImage(store, subject)).key, at);
  if (json) writeJson({ subject, at, ...known });
  else {
    process.stdout.write(`bundle ${printable(known.bundle ?? 'none')}\n`);
    if (known.findings.length === 0) process.stderr.write('no finding was open then\n');
    for (const finding of known.findings)
      process.stdout.write(
        `${finding.severity.padEnd(10)} ${printable(`${finding.vulnerability}  ${finding.purl}  open since ${finding.openedAt}`)}\n`,
      );
  }
  return 0;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
