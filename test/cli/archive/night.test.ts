import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type NightScene, nightScene } from './night-scene.ts';

// Each test starts several processes.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const ARCHIVE = ['--archive', 'archive'];
let scene: NightScene;

beforeAll(() => {
  scene = nightScene();
  scene.importBundle(1, [{ id: 'NSWG-ECO-1', name: 'left-pad', aliases: ['CVE-2026-0001'] }]);
  const image = scene.fileSystem('app', ['left-pad', '@scope/kit']);
  const added = scene.plimsoll('archive', 'add', image, '--name', 'shop:1', '--db', 'db', '--quiet', ...ARCHIVE);
  if (added.status !== 0) throw new Error(added.stderr);
});
afterAll(() => scene.remove());

describe('a night without --db', () => {
  it('does not match an archive of a full bundle with the starter set', () => {
    const before = scene.plimsoll('archive', 'history', 'shop:1', ...ARCHIVE).stdout;
    expect(scene.plimsoll('archive', 'rematch', ...ARCHIVE)).toEqual({
      status: 4,
      stdout: '',
      stderr:
        'PLM_BUNDLE_MISSING: the archive was matched with main 1, and no database but the starter set is here [archive]; name the database: --db DIR\n',
    });
    expect(scene.plimsoll('archive', 'history', 'shop:1', ...ARCHIVE).stdout).toBe(before);
  });
});
