import type { DetectContext, Detector, FileView, Observation } from '../../detect/detector.ts';
import { packageFound } from '../../detect/observe.ts';
import { kernelRelease } from './parse-kernel.ts';
import { kernelPackage, modulePackage } from './to-package.ts';

/** Kernel images are megabytes; files of the name that are smaller are documents. */
const SMALLEST_KERNEL = 256 * 1024;

export const detectors: readonly Detector[] = [
  {
    id: 'kernel/image',
    title: 'Linux kernel images',
    specification: 'https://www.kernel.org/doc/html/latest/arch/x86/boot.html',
    packageTypes: ['generic'],
    select: [
      { pattern: /\/(?:(?:vmlinu[xz]|bzImage|zImage)[^/]*|boot\/(?:kernel|Image)[^/]*)$/, minSize: SMALLEST_KERNEL },
    ],
    *detect(file, context) {
      const release = kernelRelease(file.bytes(), context.limits.nestedMemberBytes);
      if (release === undefined) return;
      yield packageFound(kernelPackage(release));
      yield { kind: 'fact', name: 'kernel-release', value: release };
    },
  },
  {
    id: 'kernel/module',
    title: 'Linux kernel modules',
    specification: 'https://docs.kernel.org/kbuild/modules.html',
    packageTypes: ['generic'],
    select: [{ pattern: /\/lib\/modules\/[^/]+\/.*\.ko(?:\.gz|\.zst|\.xz)?$/ }],
    detect: detectModule,
  },
];

function* detectModule(file: FileView, context: DetectContext): Generator<Observation> {
  yield packageFound(modulePackage(file.path, file.bytes(), context.limits.nestedMemberBytes));
}
