/** Runs one change of an archive and ends itself, as a power cut would, before the given step. */

import { bundleMark, componentMatcher } from '../../src/store/match-components.ts';
import { prepareImage } from '../../src/store/prepare-image.ts';
import { rematch } from '../../src/store/rematch.ts';
import { openArchive } from '../../src/store/sqlite/open-archive.ts';
import { crashBundles, crashImages } from './crash-scene.ts';

const [folder = '', operation = '', stepText = ''] = process.argv.slice(2);
let steps = 0;
const store = openArchive(folder, {
  create: true,
  onStep: () => {
    if (steps === Number(stepText)) process.kill(process.pid, 'SIGKILL');
    steps += 1;
  },
});
const { before, after } = crashBundles();
const { second, first } = crashImages();
if (operation === 'add') {
  const matcher = { bundle: bundleMark(before), match: componentMatcher(before) };
  await store.add(prepareImage(second, { labels: { team: 'a' }, at: '2026-01-02T00:00:00Z', matcher }));
} else if (operation === 'rematch') {
  await rematch({ store, bundle: after, at: '2026-01-03T00:00:00Z', earlier: () => before });
} else {
  await store.prune([first.image.configDigest], 'retention', '2026-01-04T00:00:00Z');
}
store.close();
