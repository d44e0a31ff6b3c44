import type { ImageCheck } from './image-check.ts';

export const check: ImageCheck = {
  id: 'PLM-C023',
  aliases: [],
  title: 'A device file lies in the image',
  severity: 'medium',
  remediation: 'Remove the device file; devices belong to the container runtime.',
  run({ files }) {
    return (files.devices ?? [])
      .filter((file) => file.state === 'present' && !file.path.startsWith('/dev/'))
      .map((file) => ({ evidence: `${file.detail}, mode ${file.mode}`, layer: file.layer, path: file.path }));
  },
};
