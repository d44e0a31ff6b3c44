import type { ImageCheck } from './image-check.ts';

export const check: ImageCheck = {
  id: 'PLM-C015',
  aliases: ['DKL-LI-0003'],
  title: 'A version control folder was copied into the image',
  severity: 'medium',
  remediation:
    'List the folder in .dockerignore; its history holds every version of every file, deleted secrets included.',
  run({ facts }) {
    return (facts ?? [])
      .filter((fact) => fact.name === 'version-control')
      .map((fact) => ({ evidence: fact.value, layer: fact.layer, path: fact.path }));
  },
};
