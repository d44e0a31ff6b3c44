import type { ImageCheck } from './image-check.ts';

export const check: ImageCheck = {
  id: 'PLM-C001',
  aliases: ['CIS-DI-0001', 'DS-0002'],
  title: 'The container runs as root',
  severity: 'medium',
  remediation: 'Create a user in the Dockerfile and switch to it with USER before the entrypoint.',
  run({ config, configMissing }) {
    if (configMissing) return [];
    const user = (config.user ?? '').split(':')[0] ?? '';
    if (user !== '' && user !== 'root' && !/^0+$/.test(user)) return [];
    return [{ evidence: user === '' ? 'the configuration names no user' : `the configuration sets the user ${user}` }];
  },
};
