import type { ImageCheck } from './image-check.ts';

/** In a sticky directory only the owner may remove or rename files (chmod(1)). */
function hasStickyBit(mode: string): boolean {
  return (Number.parseInt(mode, 8) & 0o1000) !== 0;
}

export const check: ImageCheck = {
  id: 'PLM-C013',
  aliases: [],
  title: 'Everyone may write here',
  severity: 'medium',
  remediation: 'Take the right to write from others: chmod o-w PATH; shared folders need the sticky bit (1777).',
  run({ files }) {
    return files.worldWritable
      .filter((file) => file.state === 'present' && !hasStickyBit(file.mode))
      .map((file) => ({ evidence: `${file.detail}, mode ${file.mode}`, layer: file.layer, path: file.path }));
  },
};
