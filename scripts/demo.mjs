// Plain JavaScript, so that `npm run demo` works on a fresh clone whatever Node started it: installs, builds, and scans
// the embedded sample image against the embedded starter bundle.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

function run(title, command, args, expected = [0]) {
  console.error(`\n> ${title}`);
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (error) throw error;
  if (!expected.includes(status)) process.exit(status || 2);
}

if (!existsSync(join(root, 'node_modules', 'piscina')))
  run('npm ci', npm, ['ci', '--no-audit', '--no-fund', '--loglevel', 'error']);
if (!existsSync(join(root, 'dist', 'js', 'main.js'))) run('npm run build', npm, ['run', '--silent', 'build']);
run('build the sample image', npm, ['run', '--silent', 'sample']);
const scan = ['scan', join('build', 'sample.oci.tar'), '--dockerfile', join('scripts', 'sample', 'Dockerfile')];
run(
  'plimsoll scan build/sample.oci.tar --fail-on critical',
  process.execPath,
  [join(root, 'bin', 'plimsoll.js'), ...scan, '--fail-on', 'critical'],
  [1],
);
console.error(
  '\nExit code 1 is the gate: the sample image carries critical findings. Your own image: npx plimsoll scan IMAGE.tar',
);
