import { commandOf } from '../subcommand.ts';
import { generate } from '../trust/generate.ts';
import { init } from '../trust/init.ts';
import { rotate } from '../trust/rotate.ts';
import { show } from '../trust/show.ts';
import { signRootAction } from '../trust/sign-root.ts';

export const command = commandOf('trust', {
  summary: 'who may sign advisory bundles: keys, roots, rotation',
  actions: [init, generate, signRootAction, rotate, show],
});
