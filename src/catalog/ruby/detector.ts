import { damaged } from '../../detect/damaged.ts';
import type { Detector, FileView, Observation } from '../../detect/detector.ts';
import { ownFolder } from '../../detect/text-folders.ts';
import { parseGemspec } from './parse-gemspec.ts';
import { toPackage } from './to-package.ts';

/** Bundler takes gems from the top of a repository and from its directories, and writes out there what they are. */
const CHECKOUT =
  /\/bundler\/gems\/[^/]+\/(?:(?!(?:tests?|specs?|fixtures?|examples?|samples?|templates?)\/)[^/]+\/)?[^/]+\.gemspec$/;

export const detectors: readonly Detector[] = [
  {
    id: 'ruby/gemspec',
    title: 'Installed Ruby gems, default gems and gems from repositories',
    specification: 'https://guides.rubygems.org/specification-reference/',
    packageTypes: ['gem'],
    select: [{ pattern: /\/specifications\/(?:default\/)?[^/]+\.gemspec$/ }, { pattern: CHECKOUT }],
    textFolders: gemFolder,
    detect,
  },
];

function* detect(file: FileView): Iterable<Observation> {
  const gem = parseGemspec(file.text());
  if (gem !== undefined)
    yield { kind: 'package', package: toPackage(gem, file.path.includes('/specifications/default/')) };
  else yield damaged('name or version is not written out in it: this Ruby gem is not listed');
}

/** `gems/rake-13.0.6` beside `specifications/rake-13.0.6.gemspec`; a checkout holds its own gemspec. */
function gemFolder(path: string): readonly string[] {
  const match = /^(.*)\/specifications\/(?:default\/)?([^/]+)\.gemspec$/.exec(path);
  return match === null ? ownFolder(path) : [`${match[1]}/gems/${match[2]}`];
}
