import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/image-builder.ts';
import { runSources } from '../support/run-plimsoll.ts';

it('statements about different folders have different subjects, those about equal ones the same', () => {
  using folder = temporaryFolder();
  const digests = ['one', 'two', 'one'].map((text, index) => {
    const path = join(folder.path, String(index));
    mkdirSync(path);
    writeFileSync(join(path, 'a'), text);
    const { stdout } = runSources(['scan', `dir:${path}`, '--scanners', 'file', '--format', 'intoto-vuln']);
    return /"subject": .*"sha256":"([0-9a-f]{64})"/.exec(stdout)?.[1];
  });
  expect([digests[0] === digests[1], digests[0] === digests[2], digests[0]?.length]).toEqual([false, true, 64]);
});
