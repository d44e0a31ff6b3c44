import type { SegmentEntry } from '../bundle/index/open-segment.ts';
import type { FindingStatus } from '../model/finding.ts';
import type { Package } from '../model/package.ts';

/** Whether a row is about this build of the package: its architecture and its module stream. */
export function appliesTo({ qualifiers, fixed }: SegmentEntry, pkg: Package): boolean {
  const arch = qualifiers['arch'];
  if (arch !== undefined && pkg.arch !== undefined && !sameArch(arch, pkg.arch)) return false;
  return pkg.type !== 'rpm' || sameModule(qualifiers['module'], fixed, pkg);
}

function sameArch(rows: string, own: string): boolean {
  return rows.split(/[\s,]+/).some((arch) => arch === own || arch === 'noarch');
}

/** Modular builds have this in their release; builds of different streams are not comparable with others. */
const MODULAR = /\.module[_+]/;

/**
 * A label reads `name:stream:version:context`. A row for a stream speaks only about packages of that stream; where the
 * row names none, a modular fix speaks only about modular packages.
 */
function sameModule(module: string | undefined, fixed: string | undefined, pkg: Package): boolean {
  const label = pkg.properties?.['modularitylabel'];
  const modular = MODULAR.test(pkg.version) || (label !== undefined && label !== '');
  if (module !== undefined) {
    if (label === undefined) return modular;
    return label === module || label.startsWith(`${module}:`);
  }
  return fixed === undefined || modular || !MODULAR.test(fixed);
}

/** Words distributions use for what they do about a flaw; all of these packages stay affected. */
const STATUS: ReadonlyMap<string, FindingStatus> = new Map<string, FindingStatus>([
  ['affected', 'affected'],
  ['deferred', 'deferred'],
  ['end-of-life', 'end-of-life'],
  ['eol', 'end-of-life'],
  ['fix-deferred', 'deferred'],
  ['fix-not-planned', 'wont-fix'],
  ['ignored', 'wont-fix'],
  ['no-dsa', 'deferred'],
  ['not-affected', 'not-affected'],
  ['out-of-support-scope', 'end-of-life'],
  ['postponed', 'deferred'],
  ['undetermined', 'not-affected'],
  ['will-not-fix', 'wont-fix'],
  ['wont-fix', 'wont-fix'],
]);

/** What the distribution says it does about the flaw, where the row says so. */
export function statedStatus(entries: readonly SegmentEntry[]): FindingStatus | undefined {
  for (const { qualifiers } of entries) {
    const status = STATUS.get((qualifiers['status'] ?? '').toLowerCase());
    if (status !== undefined) return status;
  }
  return undefined;
}
