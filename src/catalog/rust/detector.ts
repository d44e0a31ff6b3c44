import { EXECUTABLE_MAGICS } from '../../bytes/executable/executable.ts';
import { damaged } from '../../detect/damaged.ts';
import type { DetectContext, Detector, FileView, Observation } from '../../detect/detector.ts';
import { parseDependencyList } from './parse-dependency-list.ts';
import { toPackages } from './to-package.ts';

/** Rust links its library into every program: smaller ones do not exist, and most small executables are spared the look. */
const SMALLEST_PROGRAM = 64 * 1024;

export const detectors: readonly Detector[] = [
  {
    id: 'rust/auditable',
    title: 'Rust crates built into programs (cargo-auditable)',
    specification: 'https://github.com/rust-secure-code/cargo-auditable/blob/master/PARSING.md',
    packageTypes: ['cargo'],
    select: EXECUTABLE_MAGICS.map((magic) => ({ magic, minSize: SMALLEST_PROGRAM })),
    detect,
  },
];

function* detect(file: FileView, context: DetectContext): Iterable<Observation> {
  const crates = parseDependencyList(file.bytes(), context.limits.jsonDepth);
  if (crates === undefined) return;
  if (crates === 'damaged') {
    yield damaged('the dependency list of this Rust program is damaged: the crates built into it are not listed');
    return;
  }
  for (const found of toPackages(crates)) yield { kind: 'package', package: found };
  const lost = crates.filter((crate) => crate === undefined).length;
  if (lost > 0) yield damaged(`${lost} crates in the dependency list have no name or version and are not listed`);
}
