import type { Detector } from '../../detect/detector.ts';
import { parseAccounts } from './parse-accounts.ts';

export const detectors: readonly Detector[] = [
  {
    id: 'passwd/accounts',
    title: 'Local accounts and groups',
    specification: 'https://man7.org/linux/man-pages/man5/passwd.5.html',
    packageTypes: [],
    select: [{ path: '/etc/passwd' }, { path: '/etc/shadow' }, { path: '/etc/group' }],
    *detect(file) {
      for (const fact of parseAccounts(file.path, file.text())) yield { kind: 'fact', ...fact, path: file.path };
    },
  },
];
