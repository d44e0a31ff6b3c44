import type { Detector, FileView, Observation } from '../../detect/detector.ts';
import { recognizeLicenseTexts } from '../../detect/license-texts.ts';

/** Shorter files name a licence at most; longer ones are not licences. Bytes. */
const SIZES = { minSize: 200, maxSize: 512 * 1024 };
const NAMES =
  /\/(?:[A-Za-z0-9]{1,40}[-_.])?(?:LICEN[CS]E|Licen[cs]e|licen[cs]e|COPYING|Copying|copying|UNLICENSE)(?:[-_.][A-Za-z0-9.]{1,40})?$/;
const SOURCE = /\.(?:js|mjs|cjs|ts|tsx|jsx|py|pyc|rb|go|c|h|cc|cpp|java|class|php|json|xml|map|css|so|png|svg)$/;

export const detectors: readonly Detector[] = [
  {
    id: 'license-file/text',
    title: 'Licence texts',
    specification: 'https://spdx.org/licenses/',
    packageTypes: [],
    select: [{ pattern: NAMES, ...SIZES }],
    detect,
  },
];

function* detect(file: FileView): Iterable<Observation> {
  if (SOURCE.test(file.path)) return;
  for (const license of recognizeLicenseTexts(file.text()))
    yield { kind: 'fact', name: 'licence-file', value: license };
}
