import { damaged } from '../../detect/damaged.ts';
import type { Detector, FileView, Observation } from '../../detect/detector.ts';
import { parseApp } from './parse-app.ts';
import { toPackage } from './to-package.ts';

export const detectors: readonly Detector[] = [
  {
    id: 'erlang/app',
    title: 'Applications of Erlang and Elixir',
    specification: 'https://www.erlang.org/doc/apps/kernel/app.html',
    packageTypes: ['hex', 'otp'],
    select: [{ pattern: /\/ebin\/[^/]+\.app$/, maxSize: 4 * 1024 * 1024 }],
    textFolders: (path) => [path.replace(/\/ebin\/[^/]+$/, '')],
    detect,
  },
];

function* detect(file: FileView): Iterable<Observation> {
  const application = parseApp(file.text());
  if (application !== undefined) yield { kind: 'package', package: toPackage(application) };
  else yield damaged('no application name and version in it: this Erlang application is not listed');
}
