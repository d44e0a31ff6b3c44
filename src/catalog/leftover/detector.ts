import type { Detector } from '../../detect/detector.ts';
import { judgeLeftover } from './judge-leftover.ts';

export const detectors: readonly Detector[] = [
  {
    id: 'leftover/files',
    title: 'Version control folders, build files and package caches left in the image',
    specification: 'https://github.com/goodwithtech/dockle/blob/master/CHECKPOINT.md',
    packageTypes: [],
    select: [
      { suffix: '/.git/HEAD', maxSize: 4096 },
      { suffix: '/.hg/requires', maxSize: 4096 },
      { suffix: '/.svn/format', maxSize: 4096 },
      { basename: 'Dockerfile', maxSize: 1_048_576 },
      { basename: 'docker-compose.yml', maxSize: 1_048_576 },
      { basename: 'docker-compose.yaml', maxSize: 1_048_576 },
      { suffix: '/.idea/workspace.xml', maxSize: 16_777_216 },
      { suffix: '/.vscode/settings.json', maxSize: 1_048_576 },
      { pattern: /^\/(?:var\/cache|etc)\/apk\/(?:cache\/)?APKINDEX\.[0-9a-f]+\.tar\.gz$/ },
      { pattern: /^\/var\/cache\/(?:dnf|yum|libdnf5)\/[^\n]*\/repomd\.xml$/ },
    ],
    *detect(file) {
      const fact = judgeLeftover(file.path);
      if (fact !== undefined) yield { kind: 'fact', ...fact, path: file.path };
    },
  },
];
