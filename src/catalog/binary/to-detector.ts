import type { Detector, FileView, Observation, Selector } from '../../detect/detector.ts';
import type { Classifier } from './classifier.ts';
import { findVersion } from './find-version.ts';

const ID = 'binary/classifier';

/** One detector for a set of classifiers: the built-in ones, or those of an advisory bundle. */
export function toDetector(classifiers: readonly Classifier[]): Detector {
  const exact = new Map<string, Classifier[]>();
  const globs: { readonly pattern: RegExp; readonly classifier: Classifier }[] = [];
  for (const classifier of classifiers) {
    for (const file of classifier.files) {
      if (/[*[]/.test(file)) globs.push({ pattern: globPattern(file), classifier });
      else exact.set(file, [...(exact.get(file) ?? []), classifier]);
    }
  }
  const classifiersOf = (path: string): Classifier[] => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const globbed = globs.filter(({ pattern }) => pattern.test(path)).map(({ classifier }) => classifier);
    return [...new Set([...(exact.get(name) ?? []), ...globbed])];
  };
  return {
    id: ID,
    title: 'Programs that no package manager installed, by name and a version in them',
    specification: 'https://github.com/package-url/purl-spec/blob/main/types/generic-definition.json',
    packageTypes: [...new Set(classifiers.map(({ type }) => type ?? 'generic'))].sort(),
    select: [
      ...[...exact].map(([basename, wanted]) => ({ basename, ...sizeLimit(wanted) })),
      ...globs.map(({ pattern, classifier }) => ({ pattern, ...sizeLimit([classifier]) })),
    ],
    detect: (file) => classify(file, classifiersOf(file.path)),
  };
}

function* classify(file: FileView, classifiers: readonly Classifier[]): Iterable<Observation> {
  for (const { id, type, name, rules, maxSize } of classifiers) {
    if (file.size > (maxSize ?? file.size)) continue;
    const version = findVersion(file.bytes(), rules);
    if (version === undefined) continue;
    yield {
      kind: 'package',
      package: { type: type ?? 'generic', name, version, unlessOwned: true, properties: { classifier: id } },
    };
  }
}

function sizeLimit(classifiers: readonly Classifier[]): Pick<Selector, 'maxSize'> {
  const limits = classifiers.map(({ maxSize }) => maxSize ?? Number.POSITIVE_INFINITY);
  const most = Math.max(...limits);
  return Number.isFinite(most) ? { maxSize: most } : {};
}

/** `*` is any run without a slash, `[0-9]` a digit; everything else stands for itself. */
function globPattern(glob: string): RegExp {
  const source = glob.replace(/\[0-9\]|[\\^$.|?+(){}[\]*]/g, (part) =>
    part === '*' ? '[^/]*' : part === '[0-9]' ? part : `\\${part}`,
  );
  return new RegExp(`/${source}$`);
}
