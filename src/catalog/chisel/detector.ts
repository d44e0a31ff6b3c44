import type { DetectContext, Detector, FileView, Observation } from '../../detect/detector.ts';
import { databaseDamaged, databaseEmpty, ownedFile, packageFound } from '../../detect/observe.ts';
import { parseChiselManifest } from './parse-manifest.ts';
import { toPackage } from './to-package.ts';

export const detectors: readonly Detector[] = [
  {
    id: 'chisel/manifest',
    title: 'chisel manifest',
    specification: 'https://documentation.ubuntu.com/chisel/en/latest/reference/manifest/',
    packageTypes: ['deb'],
    // The folder is chosen by the release that slices come from; `/var/lib/chisel` in all of Ubuntu's.
    select: [{ basename: 'manifest.wall' }],
    detect,
  },
];

function* detect(file: FileView, context: DetectContext): Generator<Observation> {
  const manifest = parseChiselManifest(file.bytes(), context.limits.capturedFileBytes);
  if (manifest === undefined) {
    yield databaseDamaged('the manifest does not decompress: packages cut by chisel are not in this report');
    return;
  }
  for (const found of manifest.packages) yield packageFound(toPackage(found));
  for (const { path, packages, sha256 } of manifest.files) {
    for (const name of packages) {
      const digest = sha256 === undefined ? undefined : ({ algorithm: 'sha256', value: sha256 } as const);
      yield ownedFile({ identity: { type: 'deb', name } }, path, digest);
    }
  }
  if (manifest.lost > 0)
    yield databaseDamaged(`${manifest.lost} announced records are missing: packages may be missing with them`);
  else if (manifest.packages.length === 0) yield databaseEmpty('chisel manifest');
}
