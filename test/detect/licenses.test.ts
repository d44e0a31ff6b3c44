import { describe, expect, it } from 'vitest';
import { normalizeLicense, normalizeLicenses } from '../../src/detect/licenses.ts';

describe('normalizeLicense', () => {
  const facts: readonly (readonly [declared: string, normalized: string])[] = [
    ['MIT', 'MIT'],
    ['mit', 'MIT'],
    ['MIT License', 'MIT'],
    ['The MIT License', 'MIT'],
    ['Apache 2.0', 'Apache-2.0'],
    ['Apache License, Version 2.0', 'Apache-2.0'],
    ['https://www.apache.org/licenses/LICENSE-2.0.txt', 'Apache-2.0'],
    ['BSD', 'BSD'],
    ['BSD License', 'BSD License'],
    ['BSD 3-Clause', 'BSD-3-Clause'],
    ['(MIT OR Apache-2.0)', '(MIT OR Apache-2.0)'],
    ['mit or apache-2.0', 'MIT OR Apache-2.0'],
    ['GPL-2.0+', 'GPL-2.0+'],
    ['GPL-2.0-or-later WITH Classpath-exception-2.0', 'GPL-2.0-or-later WITH Classpath-exception-2.0'],
    ['LicenseRef-ours', 'LicenseRef-ours'],
    ['SEE LICENSE IN LICENSE.md', 'SEE LICENSE IN LICENSE.md'],
    ['  ', ''],
    ['constructor', 'constructor'],
    ['MIT AND', 'MIT AND'],
  ];
  for (const [declared, normalized] of facts) {
    it(`reads "${declared}" as "${normalized}"`, () => expect(normalizeLicense(declared)).toBe(normalized));
  }

  it('cuts a whole licence text to the length of a name', () => {
    expect(normalizeLicense('x'.repeat(10_000))).toBe('x'.repeat(400));
  });

  it('survives deep parentheses', () => {
    expect(normalizeLicense(`${'('.repeat(390)}MIT`)).toBe(`${'('.repeat(390)}MIT`);
  });
});

describe('normalizeLicenses', () => {
  it('drops repeats that mean the same', () => {
    expect(normalizeLicenses(['MIT', 'MIT License', 'Zlib'])).toEqual(['MIT', 'Zlib']);
  });
});
