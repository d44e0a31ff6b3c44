import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './run-plimsoll.ts';

/** The folder with the acceptance data, beside the repository. */
export const SHARED = join(ROOT, '..', 'shared');

/** Whether a file or folder of the acceptance data is there; says on the console what is skipped where it is not. */
export function hasShared(path: string, suite: string): boolean {
  if (existsSync(join(SHARED, path))) return true;
  console.log(`acceptance: ${suite} skipped, ../shared/${path} is not here`);
  return false;
}
