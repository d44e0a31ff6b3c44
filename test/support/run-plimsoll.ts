import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');
export const BIN = join(ROOT, 'bin', 'plimsoll.js');
const SOURCES = join(ROOT, 'src', 'cli', 'main.ts');

export interface ProgramRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Working directory; that of the repository where absent. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: Uint8Array;
}

/** Runs the built program as a user does. */
export function runPlimsoll(args: readonly string[], options: RunOptions = {}): ProgramRun {
  return run(BIN, args, options);
}

/** Runs the sources, which need no build. */
export function runSources(args: readonly string[], options: RunOptions = {}): ProgramRun {
  return run(SOURCES, args, options);
}

/** The environment holds no settings of the machine the tests run on. */
function run(program: string, args: readonly string[], { cwd = ROOT, env, input }: RunOptions): ProgramRun {
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PLIMSOLL_')));
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [program, ...args], {
    cwd,
    env: { ...environment, XDG_DATA_HOME: join(ROOT, '.tmp', 'no-store'), ...env },
    ...(input === undefined ? {} : { input }),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  if (error !== undefined) throw error;
  return { status, stdout, stderr };
}
