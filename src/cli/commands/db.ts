import { build } from '../db/build.ts';
import { importAction } from '../db/import.ts';
import { commandOf } from '../subcommand.ts';

export const command = commandOf('db', {
  summary: 'advisory bundles: build, sign, verify, import, look into',
  actions: [build, importAction],
});
