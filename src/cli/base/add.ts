import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { openImage } from '../../image/open-image.ts';
import { counted } from '../../model/counted.ts';
import { nameOfLocation } from '../archive/archive-analysis.ts';
import { stringOf, stringsOf } from '../arguments.ts';
import { openOptionsOf } from '../open-options.ts';
import { printable } from '../printable.ts';
import { openOptions } from '../scan-options.ts';
import type { Subcommand } from '../subcommand.ts';
import { writeAtomically } from '../write-outputs.ts';
import { catalogueText, defaultCatalogue, keyOf, readBases } from './base-catalogue.ts';

/** `plimsoll base add`: learn base images, so that findings say whether they came with the base. */
export const add: Subcommand = {
  usage: 'add <images..>',
  summary: 'learn base images by the chain of their layers',
  options: (argv) =>
    openOptions(argv)
      .option('bases', { type: 'string', describe: 'catalogue to add to (default the one of this user)' })
      .positional('images', { type: 'string', array: true, demandOption: true })
      .option('name', { type: 'string', describe: 'name of the base (default the one in the archive)' }),
  async run(args) {
    const path = stringOf(args, 'bases') ?? defaultCatalogue();
    const options = await openOptionsOf(args);
    const bases = new Map(readBases(path).map((base) => [keyOf(base), base]));
    for (const location of stringsOf(args, 'images')) {
      const image = await openImage(location, options);
      try {
        const base = {
          name: stringOf(args, 'name') ?? image.ref ?? nameOfLocation(location) ?? location,
          diffIds: image.config.diffIds,
        };
        bases.set(keyOf(base), base);
        process.stdout.write(`${printable(base.name)}: ${counted(base.diffIds.length, 'layer')}\n`);
      } finally {
        await image.close();
      }
    }
    mkdirSync(dirname(path), { recursive: true });
    await writeAtomically(path, (sink) => sink.write(catalogueText([...bases.values()])));
    return 0;
  },
};
