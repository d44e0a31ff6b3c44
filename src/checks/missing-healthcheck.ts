import type { ImageCheck } from './image-check.ts';

export const check: ImageCheck = {
  id: 'PLM-C007',
  aliases: ['CIS-DI-0006', 'DS-0026'],
  title: 'No HEALTHCHECK is defined',
  severity: 'low',
  remediation: 'Add a HEALTHCHECK instruction, or let the orchestrator probe the container and accept this check.',
  run({ config, configMissing }) {
    if (configMissing) return [];
    const test = config.healthcheck ?? [];
    if (test.length > 0 && test[0] !== 'NONE') return [];
    return [{ evidence: test[0] === 'NONE' ? 'HEALTHCHECK is switched off' : 'the configuration has no health check' }];
  },
};
