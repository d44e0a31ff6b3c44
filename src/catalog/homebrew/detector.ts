import type { Detector } from '../../detect/detector.ts';
import { normalizeLicense } from '../../detect/licenses.ts';
import { packageFound } from '../../detect/observe.ts';

const FORMULA = /\/Cellar\/([^/]+)\/([^/]+)\/\.brew\/[^/]+\.rb$/;

export const detectors: readonly Detector[] = [
  {
    id: 'homebrew/formula',
    title: 'Homebrew formulae in the Cellar',
    specification: 'https://docs.brew.sh/Formula-Cookbook',
    packageTypes: ['brew'],
    select: [{ pattern: FORMULA }],
    textFolders: (path) => [path.replace(/\/\.brew\/[^/]+$/, '')],
    *detect(file) {
      const match = FORMULA.exec(file.path);
      if (match?.[1] === undefined || match[2] === undefined) return;
      const license = formulaLicense(file.text());
      yield packageFound({
        type: 'brew',
        name: match[1],
        version: match[2],
        ...(license === undefined ? {} : { licenses: [normalizeLicense(license)] }),
      });
    },
  },
];

/** `license "MIT"`; anything more than one quoted name is Ruby and left alone. */
function formulaLicense(formula: string): string | undefined {
  return /^ {2}license "([^"\n]{1,200})"$/m.exec(formula)?.[1];
}
