import { PlimsollError, systemErrorCode } from '../../errors.ts';
import { writeFlushed } from './durable-write.ts';
import type { FileSystem, StoreContext } from './file-system.ts';
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

/** The owner is written under another name and linked: a crash leaves no lock, or one that names its owner. */
function takeLock(context: StoreContext, paths: StorePaths): void {
  const { fs, pid } = context;
  const own = `${paths.lock}.${pid}`;
  fs.rmSync(own, { force: true });
  writeFlushed(fs, own, [Buffer.from(`${pid} ${bootId(context)}\n`)]);
  try {
    if (tryLink(fs, own, paths.lock)) return;
    removeAbandoned(context, paths);
    if (!tryLink(fs, own, paths.lock)) throw locked(paths, 'another import was faster');
  } finally {
    fs.rmSync(own, { force: true });
  }
}

function tryLink(fs: FileSystem, own: string, lock: string): boolean {
  try {
    fs.linkSync(own, lock);
    return true;
  } catch (cause) {
    if (systemErrorCode(cause) === 'EEXIST') return false;
    throw cause;
  }
}

/** Moves the lock of a dead process away. Should another have taken it over in between, its lock is put back. */
function removeAbandoned(context: StoreContext, paths: StorePaths): void {
  const { fs, pid } = context;
  const seen = readOwner(context, paths.lock);
  assertAbandoned(context, paths, seen);
  const moved = `${paths.lock}.${pid}.old`;
  fs.renameSync(paths.lock, moved);
  const isSame = readOwner(context, moved) === seen;
  if (!isSame) tryLink(fs, moved, paths.lock);
  fs.rmSync(moved, { force: true });
  if (!isSame) throw locked(paths, 'another import was faster');
}

function assertAbandoned(context: StoreContext, paths: StorePaths, owner: string): void {
  const [pid, boot] = owner.split(/\s/);
  if (boot !== undefined && boot !== '' && boot !== bootId(context)) return;
  if (pid !== undefined && /^\d+$/.test(pid) && !context.isAlive(Number(pid))) return;
  throw locked(paths, `process ${pid} holds the lock`);
}

function readOwner({ fs }: StoreContext, lock: string): string {
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
