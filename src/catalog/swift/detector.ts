import { damaged } from '../../detect/damaged.ts';
import type { DetectContext, Detector, FileView, Observation } from '../../detect/detector.ts';
import { parseWorkspaceState } from './parse-workspace-state.ts';
import { toPackage } from './to-package.ts';

export const detectors: readonly Detector[] = [
  {
    id: 'swift/workspace-state',
    title: 'Swift packages that SwiftPM fetched',
    specification: 'https://github.com/swiftlang/swift-package-manager',
    packageTypes: ['swift'],
    select: [{ suffix: '/.build/workspace-state.json' }],
    detect,
  },
];

function* detect(file: FileView, context: DetectContext): Iterable<Observation> {
  const state = parseWorkspaceState(file.text(), context.limits.jsonDepth);
  if (state === undefined) yield damaged('not a record of SwiftPM: the Swift packages it fetched are not listed');
  for (const found of state?.dependencies ?? []) yield { kind: 'package', package: toPackage(found) };
  if (state !== undefined && state.unversioned > 0) {
    yield damaged(`${state.unversioned} Swift packages were fetched without a version and are not listed`);
  }
}
