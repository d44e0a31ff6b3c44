import { describe, expect, it } from 'vitest';
import { judgeLeftover } from '../../../src/catalog/leftover/judge-leftover.ts';

describe('leftover files', () => {
  for (const [path, name] of [
    ['/app/.git/HEAD', 'version-control'],
    ['/srv/.svn/format', 'version-control'],
    ['/app/Dockerfile', 'build-file'],
    ['/var/cache/apk/APKINDEX.b53994b4.tar.gz', 'package-cache'],
    ['/app/node_modules/x/Dockerfile', undefined],
    ['/usr/lib/python3/dist-packages/x/Dockerfile', undefined],
  ] as const) {
    it(path, () => expect(judgeLeftover(path)?.name).toEqual(name));
  }
});
