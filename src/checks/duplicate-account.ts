import type { ImageCheck } from './image-check.ts';

export const check: ImageCheck = {
  id: 'PLM-C018',
  aliases: ['DKL-LI-0002'],
  title: 'Accounts or groups share a name or a number',
  severity: 'medium',
  remediation: 'Give every account and group a name and a number of its own; a second account with number 0 is root.',
  run({ facts }) {
    return (facts ?? [])
      .filter((fact) => fact.name === 'account-duplicate')
      .map((fact) => ({ evidence: fact.value, layer: fact.layer, path: fact.path }));
  },
};
