import type { ArchiveEvent } from '../../store/archive-event.ts';
import type { ArchiveStore } from '../../store/archive-store.ts';
import { knownAt } from '../../store/known-at.ts';
import { printable } from '../printable.ts';
import { stringOf } from '../scan-options.ts';
import type { Subcommand } from '../subcommand.ts';
import { archiveOption, endOf, jsonOption, oneImage, withArchive, writeJson } from './archive-arguments.ts';

const ADVISORY = /^(?:CVE|GHSA|DSA|DLA|RHSA|ALSA|GO|RUSTSEC|PYSEC|OSV|MAL)-/;

/** `plimsoll archive history`: everything that happened to an image or a CVE, or what was known on a day. */
export const history: Subcommand = {
  usage: 'history <subject>',
  summary: 'events of an image or CVE; --at DATE tells what was known then',
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
      const events = ADVISORY.test(subject)
        ? await store.events({ vulnerability: subject })
        : await imageEvents(store, subject);
      const told = await withPurls(store, events);
      if (args['format'] === 'json') writeJson({ subject, events: told });
      else {
        for (const event of told) {
          const purls = event.purls === undefined ? undefined : someOf(event.purls);
          const what = [event.vulnerability, purls, textOf(event.detail['severity'])].filter(
            (part) => part !== undefined,
          );
          const line = `${event.at}  ${event.kind.padEnd(14)} ${event.cause.padEnd(22)} ${printable(what.join('  '))}`;
          process.stdout.write(`${line.trimEnd()}\n`);
        }
      }
      return 0;
    }),
};

async function imageEvents(store: ArchiveStore, name: string): Promise<readonly ArchiveEvent[]> {
  const image = await oneImage(store, name);
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
    process.stdout.write(`bundle ${known.bundle ?? 'none'}\n`);
    for (const finding of known.findings)
      process.stdout.write(
        `${finding.severity.padEnd(10)} ${printable(`${finding.vulnerability}  ${finding.purl}`)}  open since ${finding.openedAt}\n`,
      );
  }
  return 0;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
