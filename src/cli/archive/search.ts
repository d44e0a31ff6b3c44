import type { Arguments } from 'yargs';
import { PlimsollError } from '../../errors.ts';
import type { ArchiveStore, SearchHit } from '../../store/archive-store.ts';
import { flagOf, stringOf } from '../arguments.ts';
import { jsonOption, writeJson } from '../json-answer.ts';
import { printable } from '../printable.ts';
import type { Subcommand } from '../subcommand.ts';
import { archiveOption, withArchive } from './archive-arguments.ts';
import { parseSearch, type Search } from './search-query.ts';

/** `plimsoll archive search`: which images contain a package, a flaw, a file or a leaked key, in any layer. */
export const search: Subcommand = {
  usage: 'search [query..]',
  summary:
    'which images hold a package ("log4j-core < 2.17.1"), a flaw (CVE-… or any advisory), the digest of a file or of the image itself, or a leaked secret',
  options: (argv) =>
    jsonOption(archiveOption(argv))
      .positional('query', {
        type: 'string',
        array: true,
        describe: 'NAME [OPERATOR VERSION], a purl, the id of an advisory, or sha256:…',
      })
      .option('type', { type: 'string', describe: 'purl type of the package' })
      .option('secret', { type: 'string', describe: 'fingerprint of a secret, as reports show it' })
      .option('present', { type: 'boolean', describe: 'leave out what only history holds' }),
  run: (args) =>
    withArchive(args, async (store) => {
      const search = searchOf(args);
      const named = (await hitsOf(store, search)).filter(
        (hit) => !flagOf(args, 'present') || (hit.state ?? 'present') === 'present',
      );
      if (args['format'] === 'json') writeJson({ hits: named });
      else {
        for (const hit of named) process.stdout.write(`${row(hit)}\n`);
        const byName = search.queries.some((query) => query.kind === 'package');
        if (named.length === 0)
          process.stderr.write(`no archived image has it${byName ? '; a name must be written exactly' : ''}\n`);
      }
      return 0;
    }),
};

/** Throws PLM_USAGE. */
function searchOf(args: Arguments): Search {
  const secret = stringOf(args, 'secret');
  if (secret !== undefined) return { queries: [{ kind: 'secret', fingerprint: secret }], wanted: () => true };
  const words = args['query'];
  const text = (Array.isArray(words) ? words.join(' ') : '').trim();
  if (text === '')
    throw new PlimsollError('PLM_USAGE', 'say what to search', {
      hint: 'plimsoll archive search "log4j-core < 2.17.1"',
    });
  return parseSearch(text, stringOf(args, 'type'));
}

type NamedHit = SearchHit & { readonly ref?: string };

/** What answers, with the names of the images, in the order of `list`. */
async function hitsOf(store: ArchiveStore, { queries, wanted }: Search): Promise<readonly NamedHit[]> {
  const found = await Promise.all(queries.map((query) => store.search(query)));
  const hits = found.flat().filter(wanted);
  const images = await store.images({ keys: [...new Set(hits.map((hit) => hit.image))] });
  const places = new Map(images.map((image, place) => [image.key, { image, place }]));
  return hits
    .toSorted((left, right) => (places.get(left.image)?.place ?? 0) - (places.get(right.image)?.place ?? 0))
    .map(({ image: key, ...hit }) => {
      const image = places.get(key)?.image;
      const ref = image?.names[0];
      return { image: image?.manifestDigest ?? key, ...(ref === undefined ? {} : { ref }), ...hit };
    });
}

function row(hit: NamedHit): string {
  const place = [hit.path, hit.layer === undefined ? undefined : `layer ${hit.layer}`, hit.state]
    .filter((part) => part !== undefined)
    .join(', ');
  const parts = [hit.ref ?? hit.image, hit.packageId ?? hit.what, place].filter((part) => part !== '');
  return printable(parts.join('  '));
}
