import { commandOf } from '../subcommand.ts';
import { generate } from '../trust/generate.ts';

export const command = commandOf('trust', {
  summary: 'who may sign advisory bundles: keys, roots, rotation',
  actions: [generate],
});
