import { describe, expect, it } from 'vitest';
import { formatIds, loadFormat } from '../../src/report/load-format.ts';

describe('loadFormat', () => {
  it('knows every format by its file name', async () => {
    expect(formatIds()).toEqual([
      'csv',
      'cyclonedx-json',
      'cyclonedx-xml',
      'gitlab',
      'html',
      'intoto-cyclonedx',
      'intoto-spdx',
      'intoto-vuln',
      'json',
      'junit',
      'markdown',
      'openvex',
      'sarif',
      'spdx-json',
      'spdx-tag-value',
      'spdx3-json',
      'table',
      'template',
    ]);
    for (const id of formatIds()) expect((await loadFormat(id)).format.id).toBe(id);
  });

  it('takes a version behind the name', async () => {
    expect((await loadFormat('cyclonedx-json@1.4')).version).toBe('1.4');
  });

  it.each([
    ['xls', 'no report format is called "xls"'],
    ['constructor', 'no report format is called "constructor"'],
    ['cyclonedx-json@9', 'format "cyclonedx-json" has no version "9"'],
    ['table@1', 'format "table" has no version "1"'],
  ])('refuses %s as wrong usage', async (name, message) => {
    await expect(loadFormat(name)).rejects.toMatchObject({ code: 'PLM_USAGE', message });
  });
});
