import type { ImageCheck } from './image-check.ts';

const SHELLS = ['/bin/sh', '/bin/bash', '/bin/ash', '/bin/dash', '/bin/zsh', '/usr/bin/fish', '/busybox/sh'];

export const check: ImageCheck = {
  id: 'PLM-C021',
  aliases: ['CIS-4.3'],
  title: 'A shell is in the image',
  severity: 'negligible',
  remediation:
    'Where nothing needs a shell, take a base image without one: an intruder then has no tools to work with.',
  run({ hasPath }) {
    return SHELLS.filter((path) => hasPath(path)).map((path) => ({ evidence: 'a shell', path }));
  },
};
