import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);

/** The YAML library, loaded on first use: it is seventy files, and most runs and threads meet no YAML. */
export function yaml(): typeof import('yaml') {
  return load('yaml');
}
