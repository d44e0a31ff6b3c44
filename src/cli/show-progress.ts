import type { OnProgress } from '../pipeline/progress.ts';

/** A progress bar on stderr where it is a terminal; silent otherwise. `stop` removes it. */
export async function showProgress(wanted: boolean): Promise<{ readonly onProgress: OnProgress; stop(): void }> {
  if (!wanted || process.stderr.isTTY !== true) return { onProgress: () => undefined, stop: () => undefined };
  const { Presets, SingleBar } = await import('cli-progress');
  const bar = new SingleBar(
    {
      stream: process.stderr,
      clearOnComplete: true,
      hideCursor: true,
      format: '{stage} {bar} {percentage}% {megabytes} MB',
    },
    Presets.shades_classic,
  );
  let started = false;
  return {
    onProgress: ({ stage, bytesDone, bytesTotal }) => {
      const payload = { stage: STAGES[stage], megabytes: Math.round(bytesDone / 1e6) };
      if (started) bar.update(bytesDone, payload);
      else bar.start(Math.max(1, bytesTotal), bytesDone, payload);
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
