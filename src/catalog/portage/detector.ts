import type { Detector, FileView, Observation } from '../../detect/detector.ts';
import { databaseDamaged, ownedFile, packageFound } from '../../detect/observe.ts';
import { parseContents } from './parse-contents.ts';
import { toPackage } from './to-package.ts';

const ENTRY = /\/var\/db\/pkg\/([^/]+)\/([^/]+)\/CONTENTS$/;

export const detectors: readonly Detector[] = [
  {
    id: 'portage/contents',
    title: 'Portage installed packages',
    specification: 'https://wiki.gentoo.org/wiki/Portage_TOC',
    packageTypes: ['ebuild'],
    select: [{ pattern: ENTRY }],
    companions: [{ pattern: /\/var\/db\/pkg\/[^/]+\/[^/]+\/(?:LICENSE|RDEPEND|SLOT|repository)$/ }],
    detect,
  },
];

function* detect(file: FileView): Generator<Observation> {
  const match = ENTRY.exec(file.path);
  const found = toPackage(match?.[1] ?? '', match?.[2] ?? '', (name) => file.sibling(name)?.text().trim() || undefined);
  if (found === undefined) {
    yield databaseDamaged('the folder is not named after a package and its version: this package is missing');
    return;
  }
  yield packageFound(found);
  for (const { path, md5 } of parseContents(file.text())) {
    yield ownedFile({ evidence: file.path }, path, md5 === undefined ? undefined : { algorithm: 'md5', value: md5 });
  }
}
