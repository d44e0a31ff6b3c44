import { PlimsollError, systemErrorCode } from '../../errors.ts';
import { writeFlushed } from './durable-write.ts';
import type { StoreContext } from './file-system.ts';
import type { StorePaths } from './store-layout.ts';

/**
 * Runs a change under the store's lock: a file that only one can create. A lock whose process is gone (crash, reboot) is
 * taken over. Throws PLM_BUNDLE_LOCKED while another change runs.
 */
export function withStoreLock<Result>(context: StoreContext, paths: StorePaths, change: () => Result): Result {
  takeLock(context, paths);
  try {
    return change();
  } finally {
    context.fs.rmSync(paths.lock, { force: true });
  }
}

function takeLock(context: StoreContext, paths: StorePaths): void {
  const owner = `${context.pid} ${bootId(context)}\n`;
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      writeFlushed(context.fs, paths.lock, [Buffer.from(owner)]);
      return;
    } catch (cause) {
      if (systemErrorCode(cause) !== 'EEXIST') throw cause;
      assertAbandoned(context, paths);
      context.fs.rmSync(paths.lock, { force: true });
    }
  }
  throw locked(paths, 'another import was faster');
}

function assertAbandoned(context: StoreContext, paths: StorePaths): void {
  const [pid, boot] = readOwner(context, paths).split(/\s/);
  if (boot !== undefined && boot !== '' && boot !== bootId(context)) return;
  if (pid !== undefined && /^\d+$/.test(pid) && !context.isAlive(Number(pid))) return;
  throw locked(paths, `process ${pid} holds the lock`);
}

function readOwner({ fs }: StoreContext, { lock }: StorePaths): string {
  try {
    return fs.readFileSync(lock, 'utf8');
  } catch (cause) {
    if (systemErrorCode(cause) === 'ENOENT') return '';
    throw cause;
  }
}

function locked(paths: StorePaths, reason: string): PlimsollError {
  return new PlimsollError('PLM_BUNDLE_LOCKED', `another import is at work: ${reason}`, {
    path: paths.store,
    hint: `wait for it; if none runs, remove ${paths.lock}`,
  });
}

/** Process ids start anew with every boot; where the system names no boot the id alone decides. */
function bootId({ fs }: StoreContext): string {
  const path = '/proc/sys/kernel/random/boot_id';
  return fs.existsSync(path) ? fs.readFileSync(path, 'utf8').trim() : '';
}
