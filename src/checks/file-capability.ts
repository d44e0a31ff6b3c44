import type { ImageCheck } from './image-check.ts';

export const check: ImageCheck = {
  id: 'PLM-C006',
  aliases: [],
  title: 'A file carries Linux capabilities',
  severity: 'low',
  remediation: 'Remove the capability with setcap -r FILE, or grant it to the container instead of to the file.',
  run({ files }) {
    return files.capabilities
      .filter((file) => file.state === 'present')
      .map((file) => ({ evidence: file.detail, layer: file.layer, path: file.path }));
  },
};
