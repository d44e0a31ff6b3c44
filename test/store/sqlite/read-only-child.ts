import { PlimsollError } from '../../../src/errors.ts';
import { openArchive } from '../../../src/store/sqlite/open-archive.ts';

/** What another user gets of an archive: `read-only-child FOLDER TASK`. */
const [folder = '', task = ''] = process.argv.slice(2);
try {
  const store = openArchive(folder, { create: task === 'add' });
  const [image] = await store.images({});
  if (task === 'label') await store.label(image?.key ?? '', { team: 'a' }, '2026-01-05T00:00:00Z');
  const faults = await store.verify(task === 'repair');
  process.stdout.write(`${image?.names[0]} ${JSON.stringify(faults)}\n`);
  store.close();
} catch (error) {
  if (!(error instanceof PlimsollError)) throw error;
  process.stdout.write(`${error.code}: ${error.message}\n`);
}
