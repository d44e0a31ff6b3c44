import { check } from '../policy/check.ts';
import { lint } from '../policy/lint.ts';
import { commandOf } from '../subcommand.ts';

export const command = commandOf('policy', {
  summary: 'judge a report by a policy; check a policy for mistakes',
  actions: [check, lint],
});
