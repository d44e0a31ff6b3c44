import type { ImageCheck } from './image-check.ts';

export const check: ImageCheck = {
  id: 'PLM-C002',
  aliases: ['DS-0004'],
  title: 'The SSH port is exposed',
  severity: 'medium',
  remediation: 'Remove EXPOSE 22; enter containers through the container runtime, not through SSH.',
  run({ config }) {
    return config.exposedPorts
      .filter((port) => port === '22' || port === '22/tcp')
      .map((port) => ({ evidence: `port ${port} is exposed` }));
  },
};
