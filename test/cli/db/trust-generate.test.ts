import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { generate } from '../../../src/cli/trust/generate.ts';
import { init } from '../../../src/cli/trust/init.ts';
import { signRootAction } from '../../../src/cli/trust/sign-root.ts';

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

it('a store that is a file is told as one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-trust-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [trust, file] = [join(folder, 'trust'), join(folder, 'file')];
  writeFileSync(file, '');
  const silent = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  onTestFinished(() => void silent.mockRestore());
  const counts = { 'root-keys': 1, 'root-threshold': 1, 'release-keys': 1, 'release-threshold': 1, 'valid-days': 900 };
  generate.run({ _: [], $0: '', out: trust, passphrase: false, ...counts });
  for (const db of [file, join(file, 'db')]) {
    expect(() => init.run({ _: [], $0: '', db, root: join(trust, 'root.json') })).toThrow(
      expect.objectContaining({ code: 'PLM_BUNDLE_STORE', hint: expect.stringContaining('a store is a folder') }),
    );
  }
});

it('a key that no root role has does not sign a root', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-trust-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const silent = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  onTestFinished(() => void silent.mockRestore());
  const counts = { 'root-keys': 2, 'root-threshold': 1, 'release-keys': 1, 'release-threshold': 1, 'valid-days': 900 };
  generate.run({ _: [], $0: '', out: folder, passphrase: false, ...counts });
  const signing = (key: string) =>
    signRootAction.run({ _: [], $0: '', file: join(folder, 'root.json'), key: [join(folder, key)] });
  expect(signing('root-2.key')).toBe(0);
  expect(() => signing('release-1.key')).toThrow(
    expect.objectContaining({ code: 'PLM_TRUST_KEY', message: expect.stringContaining('may not sign this root') }),
  );
});
