import type { Suppression } from '../model/finding.ts';
import type { Package } from '../model/package.ts';
import type { Hit } from './look-up.ts';

/** Why a finding is kept but does not count; `rule` says who decided. */
export type MatchSuppression =
  | 'kernel-headers'
  | 'owned-by-os'
  | 'distro-verdict'
  | 'not-affected'
  | 'not-linked'
  | 'informational';

/** Packages built from the kernel's source that hold no code that runs. */
const KERNEL_HEADERS: ReadonlyMap<string, RegExp> = new Map([
  ['deb', /^linux-(?:libc-dev|headers|kbuild|doc|source|config|support)(?:-|$)/],
  ['rpm', /^kernel(?:-[a-z0-9]+)*-(?:headers|devel|doc|devel-matched)$|^kernel-(?:headers|devel|doc|srpm-macros)$/],
  ['apk', /^linux-headers$/],
]);

/** Whether advisories of the kernel match this package only because it is built from the same source. */
export function isKernelHeaders({ type, name }: Package): boolean {
  return KERNEL_HEADERS.get(type)?.test(name) === true;
}

/** Bug fix and enhancement advisories of Red Hat and its rebuilds (`RHBA-`, `ALEA-`). */
const NO_SECURITY = /^(?:AL|EL|RH|RL)(?:BA|EA)-/;

/**
 * Whether a record states no vulnerability: a notice of RustSec about upkeep (`unsound` code is one), or an advisory of
 * bug fixes that names no CVE.
 */
export function isInformational({ advisory, entries }: Hit, cves: boolean): boolean {
  if (NO_SECURITY.test(advisory)) return !cves;
  const notices = entries.map(({ qualifiers }) => qualifiers['informational']);
  return notices.some((notice) => notice === 'unmaintained' || notice === 'notice');
}

/** Why matching lets a finding not count, and which rule or package says so. */
export function suppression(reason: MatchSuppression, rule?: string): Suppression {
  return rule === undefined ? { reason } : { reason, rule };
}
