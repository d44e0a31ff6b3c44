/** The parts of an analysis that can be chosen with `--scanners`. Packages are always cataloged. */
export const SCANNERS = ['vuln', 'secret', 'config', 'license', 'file'] as const;
export type Scanner = (typeof SCANNERS)[number];
