import { add } from '../base/add.ts';
import { list } from '../base/list.ts';
import { commandOf } from '../subcommand.ts';

export const command = commandOf('base', {
  summary: 'known base images: findings then say whether they came with the base',
  actions: [add, list],
});
