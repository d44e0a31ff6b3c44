import { isRecord, parseJson, textList } from '../bytes/json.ts';
import { lines } from '../bytes/lines.ts';
import type { Detector } from '../detect/detector.ts';
import { databaseDamaged } from '../detect/observe.ts';

/** What Red Hat's build system leaves in its images: the repositories packages came from, and the image's own name. */
export const detectors: readonly Detector[] = [
  {
    id: 'distro/content-manifest',
    title: 'Red Hat content manifest',
    specification: 'https://github.com/containerbuildsystem/atomic-reactor/blob/master/docs/plugins.md',
    packageTypes: [],
    select: [{ pattern: /^\/(?:root\/buildinfo\/content_manifests|usr\/share\/buildinfo)\/[^/]+\.json$/ }],
    *detect(file, context) {
      const manifest = parseJson(file.text(), context.limits.jsonDepth);
      if (!isRecord(manifest)) {
        yield databaseDamaged('no JSON object: the repositories that packages came from are not known');
        return;
      }
      const sets = textList(manifest, 'content_sets');
      if (sets.length > 0) yield { kind: 'fact', name: 'distro.contentSets', value: sets.join(',') };
    },
  },
  {
    id: 'distro/red-hat-dockerfile',
    title: 'Red Hat image Dockerfile',
    specification: 'https://github.com/containerbuildsystem/atomic-reactor/blob/master/docs/plugins.md',
    packageTypes: [],
    select: [{ pattern: /^\/(?:root\/buildinfo|usr\/share\/buildinfo)\/Dockerfile-[^/]+$/ }],
    *detect(file) {
      const name = imageName(file.text());
      if (name !== undefined) yield { kind: 'fact', name: 'distro.image', value: name };
    },
  },
];

/** `component-version-release` of the image from the labels of its Dockerfile; undefined where one of them is missing. */
function imageName(dockerfile: string): string | undefined {
  const labels = new Map<string, string>();
  for (const line of lines(dockerfile)) {
    for (const [, key, value] of line.matchAll(/"?([\w.-]{1,80})"?="([^"]{0,200})"/g)) {
      if (key !== undefined && value !== undefined && !labels.has(key)) labels.set(key, value);
    }
  }
  const [component, version, release] = ['com.redhat.component', 'version', 'release'].map((key) => labels.get(key));
  if (component === undefined || version === undefined || release === undefined) return undefined;
  return `${component}-${version}-${release}`;
}
