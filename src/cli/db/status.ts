import { NODE_FILE_SYSTEM } from '../../bundle/store/file-system.ts';
import { inspectStore, type StoreStatus } from '../../bundle/store/inspect-store.ts';
import { counted } from '../../model/counted.ts';
import { DAY } from '../../model/day.ts';
import { jsonOption, writeJson } from '../json-answer.ts';
import { printable } from '../printable.ts';
import type { Subcommand } from '../subcommand.ts';
import { storeOf, storeOption } from './db-arguments.ts';

/** `plimsoll db status`: what is installed, how old it is, who may sign. */
export const status: Subcommand = {
  usage: 'status',
  summary: 'what is installed, how old each source is, who may sign',
  options: (argv) => jsonOption(storeOption(argv)),
  run(args) {
    const found = inspectStore(NODE_FILE_SYSTEM, storeOf(args));
    const now = Date.now();
    if (args['format'] === 'json') writeJson(statusJson(found, now));
    else process.stdout.write(statusTable(found, now));
    return 0;
  },
};

/** Documented by `schema/db-status-1.schema.json`. */
function statusJson(found: StoreStatus, now: number) {
  const { installed, root } = found;
  return {
    store: found.store,
    installed: {
      contentId: installed.contentId,
      channel: installed.channel,
      epoch: installed.epoch,
      sequence: installed.sequence,
      kind: installed.kind,
      builtAt: installed.builtAt,
      ageDays: ageDays(installed.builtAt, now),
      staleAfter: installed.staleAfter,
      stale: Date.parse(installed.staleAfter) < now,
      ...(installed.expires === undefined ? {} : { expires: installed.expires }),
      expired: isExpired(found, now),
      rolledBack: found.rolledBack,
      sources: installed.sources.map((source) => ({ ...source, ageDays: ageDays(source.capturedAt, now) })),
      ecosystems: [...installed.counts].map(([id, { advisories, rows }]) => ({ id, advisories, rows })),
    },
    others: found.others,
    ...(found.highest === undefined
      ? {}
      : { highest: { epoch: found.highest.epoch, sequence: found.highest.sequence } }),
    root: {
      authority: root.root.authority,
      version: root.root.version,
      expires: root.root.expires,
      fingerprint: found.rootFingerprint,
      releaseKeys: root.root.releaseRole.keys.map((key) => key.id),
      releaseThreshold: root.root.releaseRole.threshold,
      rootKeys: root.root.rootRole.keys.map((key) => key.id),
      rootThreshold: root.root.rootRole.threshold,
    },
    auditEntries: found.auditEntries,
    warnings: found.warnings,
  };
}

function statusTable(found: StoreStatus, now: number): string {
  const { installed, root } = found;
  const releaseKeys = root.root.releaseRole.keys.map((key) => key.id.slice(0, 12)).join(', ');
  const lines = [
    ['store', found.store],
    [
      'bundle',
      `${installed.channel} ${installed.epoch}.${installed.sequence}${found.rolledBack ? ' (ROLLED BACK)' : ''}`,
    ],
    ['content', installed.contentId],
    ['built', `${installed.builtAt} (${counted(ageDays(installed.builtAt, now), 'day')} ago)`],
    ['stale after', `${installed.staleAfter}${Date.parse(installed.staleAfter) < now ? ' (STALE)' : ''}`],
    ['expires', `${installed.expires ?? 'never'}${isExpired(found, now) ? ' (EXPIRED)' : ''}`],
    ['other versions', found.others.map(({ epoch, sequence }) => `${epoch}.${sequence}`).join(', ') || 'none'],
    ['root', `${root.root.authority} version ${root.root.version}, expires ${root.root.expires}`],
    ['fingerprint', found.rootFingerprint],
    ['release keys', `${root.root.releaseRole.threshold} of ${releaseKeys}`],
    ...installed.sources.map(({ id, capturedAt, records }) => [
      id,
      `captured ${capturedAt} (${counted(ageDays(capturedAt, now), 'day')} ago), ${counted(records, 'record')}`,
    ]),
    ...found.warnings.map((warning) => ['warning', warning]),
  ];
  const width = Math.max(...lines.map(([name]) => name?.length ?? 0));
  return lines.map(([name = '', value = '']) => `${printable(name).padEnd(width)}  ${printable(value)}\n`).join('');
}

function ageDays(time: string, now: number): number {
  return Math.max(0, Math.floor((now - Date.parse(time)) / DAY));
}

function isExpired({ installed }: StoreStatus, now: number): boolean {
  return installed.expires !== undefined && Date.parse(installed.expires) < now;
}
