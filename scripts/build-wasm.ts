/**
 * Compiles every kernel (`assembly/*.ts`; parts of one lie in a folder of its name) to `build/wasm/<kernel>.wasm`. Kernels
 * import their memory, so that several can work on the same bytes; a kernel with static data would overwrite its neighbour's,
 * so it is refused.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const out = join(root, 'build', 'wasm');
const DATA_SECTION = 11;
/** Said where the last round of the optimizer made a module a few bytes longer than the round before. No fault: both do the same. */
const CONVERGED = 'Last converge was suboptimal.\n';

mkdirSync(out, { recursive: true });
const wanted = process.argv.slice(2);
const kernels = readdirSync(join(root, 'assembly')).filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'));
for (const name of kernels) {
  const kernel = basename(name, '.ts');
  if (wanted.length > 0 && !wanted.includes(kernel)) continue;
  const temporary = join(out, `${kernel}.${process.pid}.tmp`);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules', 'assemblyscript', 'bin', 'asc.js'),
      join(root, 'assembly', name),
      '--outFile',
      temporary,
      '--runtime',
      'stub',
      '--importMemory',
      '--noAssert',
      '--optimizeLevel',
      '3',
      '--shrinkLevel',
      '0',
      '--converge',
      '--enable',
      'simd',
      '--enable',
      'relaxed-simd',
      '--enable',
      'bulk-memory',
      '--use',
      'abort=',
      '--memoryBase',
      '65536',
    ],
    { encoding: 'utf8' },
  );
  process.stderr.write(`${stdout}${stderr}`.replaceAll(CONVERGED, ''));
  if (status !== 0) {
    process.exitCode = 1;
    continue;
  }
  if (hasData(readFileSync(temporary))) {
    console.error(`${name}: has static data; kernels take tables from their caller`);
    process.exitCode = 1;
    continue;
  }
  renameSync(temporary, join(out, `${kernel}.wasm`));
}

/** Whether a module has a data section (https://webassembly.github.io/spec/core/binary/modules.html). */
function hasData(module: Uint8Array): boolean {
  let at = 8;
  while (at < module.length) {
    const id = module[at++];
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = module[at++] ?? 0;
      size |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    if (id === DATA_SECTION) return true;
    at += size;
  }
  return false;
}
