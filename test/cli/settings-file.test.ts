import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.generated.ts';
import { checkSettingsFile } from '../../src/cli/settings.ts';

let file = '';
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-settings-'));

beforeAll(() => {
  file = join(folder, 'plimsoll.yaml');
});

afterAll(() => rmSync(folder, { recursive: true }));

it('takes options of any command and of any action', async () => {
  writeFileSync(file, 'fail-on: high\nexit-on: critical\nsequence: 3\noutput: [json=a.json]\n');
  await expect(checkSettingsFile(file, Object.values(COMMANDS))).resolves.toBeUndefined();
});

it('refuses a name that no command has: a misspelt gate would be off in silence', async () => {
  writeFileSync(file, 'fail-onn: high\n');
  await expect(checkSettingsFile(file, Object.values(COMMANDS))).rejects.toMatchObject({
    code: 'PLM_CONFIG_INVALID',
    message: 'no command has an option "fail-onn"',
    path: file,
  });
});
