import type { Arguments, Argv } from 'yargs';
import { PlimsollError } from '../../errors.ts';
import { DAY } from '../../model/day.ts';
import type { ArchivedImage, ArchiveStore, ImageFilter } from '../../store/archive-store.ts';
import { openArchive } from '../../store/sqlite/open-archive.ts';
import { stringOf, stringsOf } from '../arguments.ts';

export function archiveOption(argv: Argv): Argv {
  return argv.option('archive', { type: 'string', demandOption: true, describe: 'folder of the archive' });
}

export function filterOptions(argv: Argv): Argv {
  return argv
    .option('image', { type: 'string', describe: 'name, name without tag, or digest of an image' })
    .option('label', { type: 'string', array: true, describe: 'NAME=VALUE, repeatable: only images with it' })
    .option('retired', { type: 'boolean', describe: 'retired images only (default: all but those)' });
}

/** Opens the archive the command line names, works on it and closes it. */
export async function withArchive<Result>(
  args: Arguments,
  work: (store: ArchiveStore) => Promise<Result>,
  create = false,
): Promise<Result> {
  const store = openArchive(stringOf(args, 'archive') ?? '', { create });
  try {
    return await work(store);
  } finally {
    store.close();
  }
}

/** The images that a command is about. Throws PLM_USAGE. */
export function filterOf(args: Arguments): ImageFilter {
  const image = stringOf(args, 'image');
  return {
    retired: args['retired'] === true,
    labels: labelsOf(stringsOf(args, 'label')),
    ...(image === undefined ? {} : { image }),
  };
}

/** `NAME=VALUE` pairs. Throws PLM_USAGE. */
export function labelsOf(pairs: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const equals = pair.indexOf('=');
      const name = pair.slice(0, equals);
      if (equals <= 0 || !/^[a-z0-9][a-z0-9._-]{0,62}$/i.test(name)) {
        throw new PlimsollError('PLM_USAGE', `"${pair}" is no label`, { hint: 'write NAME=VALUE, as team=payments' });
      }
      return [name, pair.slice(equals + 1)];
    }),
  );
}

/** The one image that a name or digest means. Throws PLM_NOT_FOUND, PLM_IMAGE_AMBIGUOUS. */
export async function oneImage(store: ArchiveStore, image: string): Promise<ArchivedImage> {
  const [first, second] = await store.images({ image });
  if (first === undefined)
    throw new PlimsollError('PLM_NOT_FOUND', `the archive has no image "${image}"`, {
      hint: 'plimsoll archive list shows what it has',
    });
  if (second !== undefined)
    throw new PlimsollError('PLM_IMAGE_AMBIGUOUS', `several archived images are called "${image}"`, {
      hint: 'give the digest',
    });
  return first;
}

/** An RFC 3339 time, a day, or an age as `36h` or `7d` before `now`. Throws PLM_USAGE. */
export function timeOf(text: string, now: Date): string {
  const age = /^(\d{1,6})([hdw])$/.exec(text);
  const hours = { h: 1, d: 24, w: 168 }[age?.[2] ?? ''];
  const time =
    age === null || hours === undefined ? Date.parse(text) : now.getTime() - Number(age[1]) * hours * 3_600_000;
  if (Number.isNaN(time))
    throw new PlimsollError('PLM_USAGE', `"${text}" is no time`, {
      hint: 'write 2026-01-31, 2026-01-31T12:00:00Z, 24h or 7d',
    });
  return new Date(time).toISOString();
}

/** The end of a period, exclusive: as {@link timeOf}, but a day without a time counts to its end (UTC). Throws PLM_USAGE. */
export function endOf(text: string, now: Date): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(text)
    ? new Date(Date.parse(timeOf(text, now)) + DAY).toISOString()
    : timeOf(text, now);
}
