/**
 * Puts the sources together into few files under `dist/js`: reading a thousand modules costs each thread of a scan a
 * quarter of a second. Packages of others stay outside and are found as ever; commands stay files of their own.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'rolldown';

const root = join(import.meta.dirname, '..');
const out = join(root, 'dist', 'js');

rmSync(out, { recursive: true, force: true });
await build({
  cwd: root,
  input: { main: 'src/cli/main.ts', worker: 'src/pool/worker.ts', index: 'src/index.ts' },
  platform: 'node',
  external: /^[^./]/,
  logLevel: 'warn',
  // all in one folder: kernels, bundles and the worker are found relative to it
  output: { dir: out, format: 'esm', chunkFileNames: 'chunk-[name].js' },
});
