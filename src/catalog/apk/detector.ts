import type { Detector } from '../../detect/detector.ts';
import { rootOf } from '../../detect/text-folders.ts';
import { observeInstalled } from './observe-installed.ts';

const title = 'apk installed database';

export const detectors: readonly Detector[] = [
  {
    id: 'apk/installed',
    title,
    specification: 'https://wiki.alpinelinux.org/wiki/Apk_spec#Installed_Database_V2',
    packageTypes: ['apk'],
    select: [{ suffix: '/lib/apk/db/installed' }],
    textFolders: (path, { name }) => [`${rootOf(path, /(?:\/usr)?\/lib\/apk\/db\//)}/usr/share/licenses/${name}`],
    detect: (file) => observeInstalled(file, title),
  },
];
