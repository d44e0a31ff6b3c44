import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { generate } from '../../../src/cli/trust/generate.ts';

it('a place where no folder can be made is an error of the user, not a defect', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-trust-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'file');
  writeFileSync(file, '');
  for (const out of [file, join(file, 'keys')]) {
    expect(() => generate.run({ _: [], $0: '', out, passphrase: false })).toThrow(
      expect.objectContaining({ code: 'PLM_OUTPUT_FAILED', path: out }),
    );
  }
});
