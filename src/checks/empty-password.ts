import type { ImageCheck } from './image-check.ts';

export const check: ImageCheck = {
  id: 'PLM-C017',
  aliases: ['DKL-LI-0001'],
  title: 'An account has an empty password',
  severity: 'critical',
  remediation: 'Lock the account: passwd -l NAME, or remove it.',
  run({ facts }) {
    return (facts ?? [])
      .filter((fact) => fact.name === 'account-empty-password')
      .map((fact) => ({ evidence: `account ${fact.value}`, layer: fact.layer, path: fact.path }));
  },
};
