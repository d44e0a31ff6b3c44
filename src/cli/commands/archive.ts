import { add } from '../archive/add.ts';
import { affected } from '../archive/affected.ts';
import { backup } from '../archive/backup.ts';
import { evidence } from '../archive/evidence.ts';
import { exportAction } from '../archive/export.ts';
import { history } from '../archive/history.ts';
import { list } from '../archive/list.ts';
import { prune } from '../archive/prune.ts';
import { rematch } from '../archive/rematch.ts';
import { retire } from '../archive/retire.ts';
import { search } from '../archive/search.ts';
import { show } from '../archive/show.ts';
import { tag } from '../archive/tag.ts';
import { trends } from '../archive/trends.ts';
import { verify } from '../archive/verify.ts';
import { commandOf } from '../subcommand.ts';

export const command = commandOf('archive', {
  summary: 'remember images and learn from each new bundle which of them are affected',
  actions: [
    add,
    list,
    show,
    search,
    exportAction,
    tag,
    retire,
    prune,
    rematch,
    affected,
    history,
    trends,
    evidence,
    verify,
    backup,
  ],
});
