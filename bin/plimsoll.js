#!/usr/bin/env node
// Plain JavaScript that any Node can read: finds a runtime that is new enough before anything else is loaded.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';

const [major, minor] = process.versions.node.split('.').map(Number);
const root = join(dirname(fileURLToPath(import.meta.url)), '..');

if (major > 24 || (major === 24 && minor >= 6)) {
  const entry = join(root, 'dist', 'js', 'main.js');
  if (existsSync(entry)) {
    // A report is built from many objects that live on: a young generation of the default size (in MiB) only adds to the
    // peak, by up to 140 MB.
    // Marking in small steps beside the program keeps pauses short, which nobody waits for here, and is more work in all.
    setFlagsFromString('--min-semi-space-size=2');
    setFlagsFromString('--max-semi-space-size=2');
    setFlagsFromString('--semi-space-growth-factor=1');
    setFlagsFromString('--no-incremental-marking');
    // A heap that grows by a third at a time, not fourfold: what hostile and very large images leave behind is collected before
    // it adds up. Small images never get so far.
    setFlagsFromString('--heap-growing-percent=30');
    const { main } = await import(entry);
    await main();
  } else {
    process.stderr.write(`PLM_USAGE: not built yet: ${entry} is missing; run "npm run build"\n`);
    process.exitCode = 2;
  }
} else {
  const name = { win32: 'win' }[process.platform] ?? process.platform;
  const runtime = join(
    root,
    'node_modules',
    `node-${name}-${process.arch}`,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (existsSync(runtime) && process.env._PLIMSOLL_REEXECUTED === undefined) {
    const { spawnSync } = await import('node:child_process');
    const child = spawnSync(runtime, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
      stdio: 'inherit',
      env: { ...process.env, _PLIMSOLL_REEXECUTED: '1' },
    });
    if (child.error) process.stderr.write(`PLM_USAGE: cannot start ${runtime}: ${child.error.message}\n`);
    process.exitCode = child.status ?? (child.signal === 'SIGINT' ? 130 : 2);
  } else {
    process.stderr.write(
      `PLM_USAGE: plimsoll needs Node 24.6 or newer, this is ${process.versions.node}, and the pinned runtime is not installed; run "npm ci"\n`,
    );
    process.exitCode = 2;
  }
}
