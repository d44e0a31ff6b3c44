import { PlimsollError } from '../../errors.ts';
import type { ArchiveQuery, SearchHit } from '../../store/archive-store.ts';
import { parseVersionCondition, type VersionCondition } from '../../store/version-condition.ts';
import { printable } from '../printable.ts';
import { flagOf, stringOf } from '../scan-options.ts';
import type { Subcommand } from '../subcommand.ts';
import { archiveOption, jsonOption, withArchive, writeJson } from './archive-arguments.ts';

/** `plimsoll archive search`: which images contain a package, a flaw, a file or a leaked key, in any layer. */
export const search: Subcommand = {
  usage: 'search [query..]',
  summary:
    'which images hold a package ("log4j-core < 2.17.1"), a CVE, the digest of a file or of the image itself, or a leaked secret',
  options: (argv) =>
    jsonOption(archiveOption(argv))
      .positional('query', { type: 'string', array: true, describe: 'NAME [OPERATOR VERSION], CVE-…, or sha256:…' })
      .option('type', { type: 'string', describe: 'purl type of the package' })
      .option('secret', { type: 'string', describe: 'fingerprint of a secret, as reports show it' })
      .option('present', { type: 'boolean', describe: 'leave out what only history holds' }),
  run: (args) =>
    withArchive(args, async (store) => {
      const { query, condition } = queryOf(args);
      const hits = (await store.search(query)).filter(
        (hit) =>
          (condition === undefined || condition.holds(hit.what, hit.version ?? '')) &&
          (!flagOf(args, 'present') || (hit.state ?? 'present') === 'present'),
      );
      const images = new Map(
        (await store.images({ keys: [...new Set(hits.map((hit) => hit.image))] })).map((image) => [image.key, image]),
      );
      const named = hits.map((hit) => {
        const image = images.get(hit.image);
        const ref = image?.names[0];
        return { ...hit, image: image?.manifestDigest ?? hit.image, ...(ref === undefined ? {} : { ref }) };
      });
      if (args['format'] === 'json') writeJson({ hits: named });
      else {
        for (const hit of named) process.stdout.write(`${row(hit)}\n`);
        if (named.length === 0) process.stderr.write('no archived image has it\n');
      }
      return 0;
    }),
};

function queryOf(args: Parameters<Subcommand['run']>[0]): {
  readonly query: ArchiveQuery;
  readonly condition?: VersionCondition;
} {
  const secret = stringOf(args, 'secret');
  if (secret !== undefined) return { query: { kind: 'secret', fingerprint: secret } };
  const words = args['query'];
  const text = (Array.isArray(words) ? words.join(' ') : '').trim();
  if (text === '')
    throw new PlimsollError('PLM_USAGE', 'say what to search', {
      hint: 'plimsoll archive search "log4j-core < 2.17.1"',
    });
  if (/^(?:sha256|sha512|record):[0-9a-f]+$/.test(text)) return { query: { kind: 'digest', digest: text } };
  if (/^(?:CVE|GHSA|DSA|DLA|RHSA|ALSA|GO|RUSTSEC|PYSEC|OSV|MAL)-/.test(text))
    return { query: { kind: 'vulnerability', id: text } };
  const condition = parseVersionCondition(text);
  const type = stringOf(args, 'type');
  return {
    query: { kind: 'package', name: condition.name, ...(type === undefined ? {} : { type }) },
    ...(condition.condition === undefined ? {} : { condition: condition.condition }),
  };
}

function row(hit: SearchHit & { readonly ref?: string }): string {
  const place = [hit.path, hit.layer === undefined ? undefined : `layer ${hit.layer}`, hit.state]
    .filter((part) => part !== undefined)
    .join(', ');
  const parts = [hit.ref ?? hit.image, hit.packageId ?? hit.what, place].filter((part) => part !== '');
  return printable(parts.join('  '));
}
