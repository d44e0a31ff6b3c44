import { normalizeLicense, spdxExpression } from '../../detect/licenses.ts';
import type { PackageDraft } from '../../model/package.ts';
import type { RDescription } from './parse-description.ts';

export function toPackage({ name, version, license, needs, repository }: RDescription): PackageDraft {
  return {
    type: 'cran',
    name,
    version,
    ...(license && { licenses: [rLicense(license)] }),
    ...(needs.length > 0 && { dependsOn: [...new Set(needs)].sort() }),
    ...(repository && { properties: { repository } }),
  };
}

/** Short names that R itself defines (https://svn.r-project.org/R/trunk/share/licenses/license.db). */
const SHORT: Readonly<Record<string, string>> = {
  'GPL-2': 'GPL-2.0-only',
  'GPL-3': 'GPL-3.0-only',
  'LGPL-2': 'LGPL-2.0-only',
  'LGPL-2.1': 'LGPL-2.1-only',
  'LGPL-3': 'LGPL-3.0-only',
  'AGPL-3': 'AGPL-3.0-only',
  'GPL (>= 2)': 'GPL-2.0-or-later',
  'GPL (>= 2.0)': 'GPL-2.0-or-later',
  'GPL (>= 3)': 'GPL-3.0-or-later',
  'LGPL (>= 2)': 'LGPL-2.0-or-later',
  'LGPL (>= 2.1)': 'LGPL-2.1-or-later',
  'LGPL (>= 3)': 'LGPL-3.0-or-later',
  'AGPL (>= 3)': 'AGPL-3.0-or-later',
  'Apache License (== 2.0)': 'Apache-2.0',
  BSD_2_clause: 'BSD-2-Clause',
  BSD_3_clause: 'BSD-3-Clause',
};

/** Alternatives stand between `|`; `+ file LICENSE` adds the copyright lines, not other terms. */
function rLicense(text: string): string {
  const parts = text.split('|').map((part) => part.replace(/\+\s*file\s+LICEN[CS]E\s*$/, '').trim());
  const expressions = parts.map((part) => (Object.hasOwn(SHORT, part) ? SHORT[part] : spdxExpression(part)));
  return expressions.every((expression) => expression !== undefined)
    ? expressions.join(' OR ')
    : normalizeLicense(text);
}
