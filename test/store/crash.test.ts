import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openArchive } from '../../src/store/sqlite/open-archive.ts';
import { archive, temporaryFolder } from './archive-fixtures.ts';
import { crashBundles, crashImages } from './crash-scene.ts';

const CHILD = fileURLToPath(import.meta.resolve('./crash-child.ts'));

/** Runs the operation in a process of its own; true where it ended by itself. */
function run(folder: string, operation: string, step: number): boolean {
  const { status, signal, stderr } = spawnSync(process.execPath, [CHILD, folder, operation, String(step)], {
    encoding: 'utf8',
  });
  if (signal === 'SIGKILL') return false;
  if (status !== 0) throw new Error(stderr);
  return true;
}

async function prepared(operation: string): Promise<string> {
  const folder = temporaryFolder();
  const store = openArchive(folder, { create: true });
  const { before } = crashBundles();
  const { first, second } = crashImages();
  await archive(store, first, before, '2026-01-01T00:00:00Z');
  if (operation !== 'add') await archive(store, second, before, '2026-01-02T00:00:00Z');
  store.close();
  return folder;
}

/** Everything the archive says, without what a second try may add to the times images were seen. */
async function content(folder: string): Promise<unknown> {
  const store = openArchive(folder);
  try {
    const ids = await store.allComponents(0, 100);
    const images = (await store.images({})).map(({ key, names, record, labels }) => ({ key, names, record, labels }));
    const events = (await store.events({})).map(({ kind, cause, vulnerability }) => ({ kind, cause, vulnerability }));
    const findings = (await store.findings(ids)).map(({ component, shared: { finding }, version }) => [
      component,
      finding.id,
      finding.fixedIn,
      version,
    ]);
    return {
      images,
      events,
      findings,
      usages: await store.usages(ids),
      current: await store.current(),
      counts: await store.counts(),
      faults: await store.verify(false),
    };
  } finally {
    store.close();
  }
}

describe('a process that ends at any step', () => {
  for (const operation of ['add', 'rematch', 'prune']) {
    it(`${operation}: nothing lost, nothing doubled`, async () => {
      const untouched = await content(await prepared(operation));
      const whole = await prepared(operation);
      expect(run(whole, operation, Number.POSITIVE_INFINITY)).toBe(true);
      const done = await content(whole);
      let ended = false;
      for (let step = 0; !ended; step += 1) {
        const folder = await prepared(operation);
        ended = run(folder, operation, step);
        expect(await content(folder)).toEqual(ended ? done : untouched);
        run(folder, operation, Number.POSITIVE_INFINITY);
        expect(await content(folder)).toEqual(done);
      }
    });
  }

  it('two writers at once both succeed', async () => {
    const folder = await prepared('add');
    const other = openArchive(folder);
    const { before } = crashBundles();
    const { second } = crashImages();
    const results = await Promise.all([
      archive(other, second, before),
      Promise.resolve(run(folder, 'add', Number.POSITIVE_INFINITY)),
    ]);
    other.close();
    expect([results[1], ((await content(folder)) as { faults: unknown }).faults]).toEqual([true, []]);
  });
});
