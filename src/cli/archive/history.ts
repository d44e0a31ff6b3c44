import type { ArchiveEvent } from '../../store/archive-event.ts';
import type { ArchiveStore } from '../../store/archive-store.ts';
import { knownAt } from '../../store/known-at.ts';
import { printable } from '../printable.ts';
import { stringOf } from '../scan-options.ts';
import type { Subcommand } from '../subcommand.ts';
import { archiveOption, jsonOption, oneImage, timeOf, withArchive, writeJson } from './archive-arguments.ts';

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
      if (at !== undefined) return tellKnown(store, subject, timeOf(at, new Date()), args['format'] === 'json');
      const events = ADVISORY.test(subject)
        ? await store.events({ vulnerability: subject })
        : await imageEvents(store, subject);
      if (args['format'] === 'json') writeJson({ subject, events });
      else {
        for (const event of events) {
          const what = [event.vulnerability, textOf(event.detail['purl']), textOf(event.detail['severity'])].filter(
            (part) => part !== undefined,
          );
          process.stdout.write(
            `${event.at}  ${event.kind.padEnd(14)} ${event.cause.padEnd(22)} ${printable(what.join('  '))}\n`,
          );
        }
      }
      return 0;
    }),
};

async function imageEvents(store: ArchiveStore, name: string): Promise<readonly ArchiveEvent[]> {
  const image = await oneImage(store, name);
  const own = await store.events({ image: image.key });
  const ofComponents = await store.events({ component: await store.componentsOf(image.key), since: image.addedAt });
  return [...own, ...ofComponents].sort((left, right) => left.sequence - right.sequence);
}

async function tellKnown(store: ArchiveStore, subject: string, at: string, json: boolean): Promise<number> {
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
