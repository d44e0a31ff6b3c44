import type { ImageCheck } from './image-check.ts';

export const check: ImageCheck = {
  id: 'PLM-C005',
  aliases: ['CIS-DI-0008'],
  title: 'A file runs with the rights of its owner or group',
  severity: 'low',
  remediation: 'Drop the bits that the application does not need: chmod u-s,g-s FILE in the layer that adds it.',
  run({ files }) {
    return files.setuid
      .filter((file) => file.state === 'present')
      .map((file) => ({ evidence: `${file.detail}, mode ${file.mode}`, layer: file.layer, path: file.path }));
  },
};
