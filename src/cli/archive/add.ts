import { readFileSync } from 'node:fs';
import { PlimsollError } from '../../errors.ts';
import { bundleFor, bundleOptions } from '../bundle-options.ts';
import { printable } from '../printable.ts';
import { runAnalysis } from '../run-analysis.ts';
import { flagOf, imageOptions, stringOf, stringsOf } from '../scan-options.ts';
import type { Subcommand } from '../subcommand.ts';
import { archiveAnalysis, nameOfLocation } from './archive-analysis.ts';
import { archiveOption, jsonOption, labelsOf, withArchive, writeJson } from './archive-arguments.ts';

/** `plimsoll archive add`: analyze images and SBOMs and remember them. */
export const add: Subcommand = {
  usage: 'add [images..]',
  summary: 'analyze images or SBOMs (sbom:PATH) and remember them',
  options: (argv) =>
    jsonOption(archiveOption(bundleOptions(imageOptions(argv))))
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
    const now = new Date();
    const labels = labelsOf(stringsOf(args, 'label'));
    const chosen = bundleFor(args, now);
    const bundle = 'chosen' in chosen ? chosen.chosen.bundle : undefined;
    const added: { readonly location: string; readonly image: string; readonly result: string }[] = [];
    await withArchive(
      args,
      async (store) => {
        for (const location of locations) {
          const source = location.startsWith('sbom:') ? readFileSync(location.slice('sbom:'.length)) : undefined;
          const run = await runAnalysis({ ...args, _: [location], name: undefined });
          for (const analysis of run.analyses) {
            const { key, result } = await archiveAnalysis(store, analysis, {
              name: stringOf(args, 'name') ?? nameOfLocation(location),
              labels,
              at: now.toISOString(),
              bundle,
              source,
            });
            added.push({ location, image: analysis.image.manifestDigest ?? key, result });
            if (args['format'] !== 'json' && !flagOf(args, 'quiet'))
              process.stdout.write(`${result.padEnd(8)}${printable(location)} ${key}\n`);
          }
        }
      },
      true,
    );
    if (args['format'] === 'json') writeJson({ images: added });
    if ('failure' in chosen) throw chosen.failure;
    return 0;
  },
};
