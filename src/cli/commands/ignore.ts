import { add } from '../ignore/add.ts';
import { lint } from '../ignore/lint.ts';
import { commandOf } from '../subcommand.ts';

export const command = commandOf('ignore', {
  summary: 'accept findings for a time; check ignore files',
  actions: [lint, add],
});
