import type { Arguments } from 'yargs';
import type { OnProgress } from '../pipeline/progress.ts';
import type { VerifyProgress } from '../store/archive-store.ts';
import { flagOf } from './arguments.ts';

/** A progress bar on stderr where it is a terminal and nobody asked for quiet; silent otherwise. `stop` removes it. */
export async function showProgress(args: Arguments): Promise<{ readonly onProgress: OnProgress; stop(): void }> {
  const wanted = args['progress'] !== false && !flagOf(args, 'quiet');
  const { show, stop } = await openBar(wanted, '{stage} {bar} {percentage}% {megabytes} MB');
  return {
    onProgress: ({ stage, bytesDone, bytesTotal }) =>
      show(bytesDone, bytesTotal, { stage: STAGES[stage], megabytes: Math.round(bytesDone / 1e6) }),
    stop,
  };
}

/** The same for a verification of the archive. */
export async function showVerifyProgress(
  wanted: boolean,
): Promise<{ readonly onProgress: (progress: VerifyProgress) => void; stop(): void }> {
  const { show, stop } = await openBar(wanted, 'verifying {step} {bar} {percentage}%');
  return { onProgress: ({ step, done, total }) => show(done, total, { step: step.padEnd(10) }), stop };
}

interface Bar {
  show(done: number, total: number, payload: Readonly<Record<string, string | number>>): void;
  stop(): void;
}

async function openBar(wanted: boolean, format: string): Promise<Bar> {
  if (!wanted || process.stderr.isTTY !== true) return { show: () => undefined, stop: () => undefined };
  const { Presets, SingleBar } = await import('cli-progress');
  const bar = new SingleBar(
    { stream: process.stderr, clearOnComplete: true, hideCursor: true, format },
    Presets.shades_classic,
  );
  let started = false;
  return {
    show: (done, total, payload) => {
      if (started) bar.update(done, payload);
      else bar.start(Math.max(1, total), done, payload);
      started = true;
    },
    stop: () => {
      if (started) bar.stop();
    },
  };
}

const STAGES = {
  open: 'opening image  ',
  layers: 'reading layers ',
  detect: 'joining results',
  match: 'matching       ',
  report: 'writing reports',
} as const;
