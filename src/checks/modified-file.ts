import type { ImageCheck } from './image-check.ts';
import { shortDigest } from './short-digest.ts';

export const check: ImageCheck = {
  id: 'PLM-C025',
  aliases: [],
  title: 'A file is not as its package installed it',
  severity: 'medium',
  remediation:
    'Find the instruction of the layer that rewrote the file; install the package again, or ship the change as a package of your own.',
  run({ files, packages }) {
    const { modified = [] } = files.integrity ?? {};
    if (modified.length === 0) return [];
    const names = new Map(packages.map(({ id, name, version }) => [id, `${name} ${version}`]));
    return modified.map(({ path, layer, packageId, algorithm, expected, found }) => {
      const [owner, stated] = [names.get(packageId) ?? packageId, shortDigest(expected)];
      const evidence =
        found === undefined
          ? `no file where ${owner} installed ${algorithm} ${stated}`
          : `${algorithm} ${shortDigest(found)}, not ${stated} of ${owner}`;
      return { evidence, layer, path };
    });
  },
};
