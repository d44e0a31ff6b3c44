import { lines } from '../bytes/lines.ts';
import type { Detector } from '../detect/detector.ts';

export const detectors: readonly Detector[] = [
  {
    id: 'distro/alpine-repositories',
    title: 'apk repositories',
    specification: 'https://wiki.alpinelinux.org/wiki/Repositories',
    packageTypes: [],
    select: [{ path: '/etc/apk/repositories' }],
    *detect(file) {
      const branch = alpineBranch(file.text());
      if (branch !== undefined) yield { kind: 'fact', name: 'distro.repository', value: branch };
    },
  },
];

/**
 * `v3.18` or `edge`: the branch that packages come from, which may differ from the release in os-release. The `main`
 * repository decides; tagged repositories (`@testing …`) install nothing unasked and do not count.
 */
function alpineBranch(text: string): string | undefined {
  let first: string | undefined;
  for (const line of lines(text)) {
    const match = /\/(v\d+\.\d+|edge)\/(\w+)\/?$/.exec(line.trim());
    if (match === null || !/^(?:https?:|ftp:|\/)/.test(line.trim())) continue;
    if (match[2] === 'main') return match[1];
    first ??= match[1];
  }
  return first;
}
