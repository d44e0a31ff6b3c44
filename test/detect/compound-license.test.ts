import { expect, it } from 'vitest';
import { normalizeCompound } from '../../src/detect/compound-license.ts';

it.each([
  ['GPLv2+ and LGPLv2+', 'GPL-2.0-or-later AND LGPL-2.0-or-later'],
  ['MIT or GPL-2+', 'MIT OR GPL-2.0-or-later'],
  ['GPL-2+', 'GPL-2.0-or-later'],
  ['MIT AND (GPL-2.0-or-later)', 'MIT AND (GPL-2.0-or-later)'],
  ['GPLv2+ and (LGPLv2+ or Artistic)', 'GPLv2+ and (LGPLv2+ or Artistic)'],
  ['Public Domain and MIT', 'Public Domain and MIT'],
  ['', ''],
])('translates %j to %j', (declared, expected) => {
  expect(normalizeCompound(declared)).toBe(expected);
});
