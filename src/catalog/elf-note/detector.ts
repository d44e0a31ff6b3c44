import type { Detector, FileView, Observation } from '../../detect/detector.ts';
import { databaseDamaged, packageFound } from '../../detect/observe.ts';
import { parsePackageNote } from './parse-package-note.ts';
import { toPackage } from './to-package.ts';

export const detectors: readonly Detector[] = [
  {
    id: 'elf-note/package',
    title: 'package notes in ELF files',
    specification: 'https://systemd.io/ELF_PACKAGE_METADATA/',
    packageTypes: ['deb', 'rpm', 'apk', 'alpm'],
    select: [{ magic: [0x7f, 0x45, 0x4c, 0x46] }],
    detect,
  },
];

function* detect(file: FileView): Generator<Observation> {
  const note = parsePackageNote(file.bytes());
  if (note === undefined) return;
  const found = note === 'damaged' ? undefined : toPackage(note);
  yield found === undefined
    ? databaseDamaged('the package note names no package of a known type: what this file was packaged as is not known')
    : packageFound(found);
}
