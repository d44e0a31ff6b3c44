import { build } from '../db/build.ts';
import { diff } from '../db/diff.ts';
import { fetchAction } from '../db/fetch.ts';
import { importAction } from '../db/import.ts';
import { receipt } from '../db/receipt.ts';
import { rollback } from '../db/rollback.ts';
import { search } from '../db/search.ts';
import { sign } from '../db/sign.ts';
import { status } from '../db/status.ts';
import { verify } from '../db/verify.ts';
import { commandOf } from '../subcommand.ts';

export const command = commandOf('db', {
  summary: 'advisory bundles: build, sign, verify, import, look into',
  actions: [fetchAction, build, sign, verify, importAction, status, search, diff, rollback, receipt],
});
