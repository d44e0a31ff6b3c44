import type { ImageCheck } from './image-check.ts';

const SYSTEM_DIRECTORIES: ReadonlySet<string> = new Set(
  '/ /bin /boot /dev /etc /lib /lib64 /proc /root /run /sbin /sys /usr /var /var/run /var/run/docker.sock'.split(' '),
);

export const check: ImageCheck = {
  id: 'PLM-C014',
  aliases: ['DKL-DI-0002'],
  title: 'A volume covers a directory of the system',
  severity: 'medium',
  remediation: 'Declare volumes below directories of the application only.',
  run({ config }) {
    return config.volumes
      .filter((volume) => SYSTEM_DIRECTORIES.has(volume.length > 1 ? volume.replace(/\/$/, '') : volume))
      .map((volume) => ({ evidence: 'declared as a volume', path: volume }));
  },
};
