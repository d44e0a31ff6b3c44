/** Milliseconds of the fastest of some runs. */
export function fastest(rounds: number, run: () => unknown): number {
  return least(rounds, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
}

/** CPU milliseconds of the run that took fewest: what else the machine does counts less than in times. */
export function leastCpu(rounds: number, run: () => unknown): number {
  return least(rounds, () => {
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
}

function least(rounds: number, measure: () => number): number {
  return Math.min(...Array.from({ length: rounds }, measure));
}
