import type { ImageCheck } from './image-check.ts';

export const check: ImageCheck = {
  id: 'PLM-C016',
  aliases: ['DKL-LI-0003'],
  title: 'A file that only the build needs is in the image',
  severity: 'negligible',
  remediation: 'List the file in .dockerignore or copy only what the application runs on.',
  run({ facts }) {
    return (facts ?? [])
      .filter((fact) => fact.name === 'build-file')
      .map((fact) => ({ evidence: fact.value, layer: fact.layer, path: fact.path }));
  },
};
