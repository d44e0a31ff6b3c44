import type { ImageCheck } from './image-check.ts';

export const check: ImageCheck = {
  id: 'PLM-C024',
  aliases: ['DS-0009'],
  title: 'The working directory is a relative path',
  severity: 'low',
  remediation: 'Give WORKDIR an absolute path.',
  run({ config }) {
    const directory = config.workingDir ?? '';
    if (directory === '' || directory.startsWith('/') || /^[A-Za-z]:\\/.test(directory)) return [];
    return [{ evidence: `WORKDIR ${directory}` }];
  },
};
