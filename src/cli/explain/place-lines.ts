import { type JsonRecord, recordField, textField } from '../../bytes/json.ts';
import type { ReportIndex } from './report-index.ts';

/** The layer that brought a finding and the instruction that made it; nothing where a finding is in no layer. */
export function layerLine(finding: JsonRecord, report: ReportIndex): string[] {
  const { layer } = finding;
  if (typeof layer !== 'number') return [];
  const instruction = textField(report.layers[layer] ?? {}, 'createdBy');
  const base = finding['inBase'] === true ? ' It comes from a known base image.' : '';
  return [`Layer      ${layer}${instruction === undefined ? '' : `, made by: ${instruction}`}.${base}`];
}

/** What became of a package or of what was found in one. */
export const STATES: ReadonlyMap<string, string> = new Map([
  ['present', 'in the final file system'],
  ['overwritten', 'replaced by another version in a later layer, still readable in the image'],
  ['deleted', 'removed by a later layer, still readable in the image'],
]);

export function stateLine(pkg: JsonRecord): string[] {
  const { removedIn } = pkg;
  const words = STATES.get(textField(pkg, 'state') ?? '') ?? 'unknown';
  return [`State      ${typeof removedIn === 'number' ? words.replace('a later layer', `layer ${removedIn}`) : words}`];
}

/** Why a finding is listed and not counted. */
export function suppressedLine(finding: JsonRecord): string[] {
  const suppressed = recordField(finding, 'suppressed');
  if (suppressed === undefined) return [];
  const reason = textField(suppressed, 'reason') ?? '';
  const rule = textField(suppressed, 'rule');
  const words = REASONS.get(reason);
  return [
    `  It does not count: ${words === undefined ? reason : `${words} (${reason})`}${rule === undefined ? '' : `, ${rule}`}.`,
  ];
}

/** What to do: nothing about what does not count, as long as the reason holds. */
export function remedyLines(finding: JsonRecord, remedy: string): string[] {
  if (recordField(finding, 'suppressed') === undefined) return [`  ${remedy}`];
  return ['  Nothing, as long as that holds. Otherwise:', `  ${remedy}`];
}

/** The reasons of all suppressions in words. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['allow-comment', 'a comment on its line allows it'],
  ['baseline', 'the baseline has it already'],
  ['distro-verdict', 'the distribution says that its build is not affected'],
  ['duplicate', 'it repeats what is reported at another place'],
  ['encrypted', 'it is encrypted'],
  ['hash', 'it is a hash'],
  ['ignored', 'an ignore rule accepts it'],
  ['informational', 'its record states no flaw'],
  ['kernel-headers', 'the package is built from the source of the kernel and holds no code of it that runs'],
  ['not-affected', 'the distribution says that this package is not affected'],
  [
    'not-linked',
    'the linker left every function it is about out of the program; --count-not-linked counts it all the same',
  ],
  ['owned-by-os', 'a package of the distribution brought it, and the distribution judges it'],
  ['package-code', 'a mere name and value in the code of an installed package'],
  ['package-documentation', 'documentation or tests of an installed package'],
  ['package-owned', 'its file came with a package of the distribution and nobody changed it'],
  ['placeholder', 'a value that stands for a real one'],
  ['published-example', 'documentation of its vendor publishes it'],
  ['published-test-key', 'a key that a standard or the tests of a library publish'],
  ['reference', 'the name of a value that is kept elsewhere'],
  ['severity', 'its severity was not asked for'],
  ['unfixed', 'it has no fix, and only what has one was asked for'],
  ['vex', 'a VEX statement says so'],
  ['vex-fixed', 'a VEX statement says that it is fixed'],
]);
