import type { ImageCheck } from './image-check.ts';

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
      const [owner, stated] = [names.get(packageId) ?? packageId, begin(expected)];
      const evidence =
        found === undefined
          ? `no file where ${owner} installed ${algorithm} ${stated}`
          : `${algorithm} ${begin(found)}, not ${stated} of ${owner}`;
      return { evidence, layer, path };
    });
  },
};

/** Enough of a digest to tell two changes apart; the report has all of it. */
function begin(digest: string): string {
  return digest.slice(0, 12);
}
