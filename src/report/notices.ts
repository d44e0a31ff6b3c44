import { describeUnjudged, type Unjudged, unjudgedOf } from '../match/unjudged.ts';
import type { Analysis, BundleReport } from '../model/analysis.ts';
import { counted } from '../model/counted.ts';
import { type ProblemGroup, problemGroups } from './problem-groups.ts';

/** What a reader must know before trusting a low number, one sentence each. */
export function notices(analysis: Analysis): readonly string[] {
  const { bundle, image, problems } = analysis;
  const found: string[] = [];
  const system = image.os.prettyName;
  if (image.os.eol?.reached === true)
    found.push(`${system} is past its end of life (${image.os.eol.date}): it gets no more fixes.`);
  if (bundle !== undefined) {
    if (bundle.starter === true)
      found.push('Only the starter set of advisories was used: import a full database for real coverage.');
    if (bundle.expired === true) found.push('The advisory database has expired.');
    const unjudged = unjudgedPresent(analysis);
    if (unjudged.count > 0) found.push(`${describeUnjudged(unjudged)}.`);
  }
  const { coverage, policy } = problemGroups(problems);
  if (policy.problems.length > 0)
    found.push(`${severalOf(policy)} with ignore rules or VEX files: see "${policy.heading}".`);
  if (coverage.problems.length > 0) found.push(`${severalOf(coverage)} cost coverage: see "${coverage.heading}".`);
  return found;
}

function severalOf({ problems }: ProblemGroup): string {
  return problems.length === 1 ? 'One problem' : `${problems.length} problems`;
}

/** Whether a part of the report was looked for: an empty list of what nobody looked for says nothing. */
export function wasLookedFor({ scanners }: Analysis, scanner: 'secret' | 'config' | 'file'): boolean {
  return scanners === undefined || scanners.includes(scanner);
}

export const NOT_LOOKED_FOR = 'not looked for';

/** How much of the image is a known base image, and how many findings came with it; undefined where no base is known. */
export function baseText({ image, vulnerabilities, bundle }: Analysis): string | undefined {
  const layers = image.layers.filter((layer) => layer.base === true).length;
  if (layers === 0) return statedBase(image);
  const name = image.baseName === undefined ? '' : `${image.baseName}, `;
  const share = `${name}${layers} of ${counted(image.layers.length, 'layer')}`;
  if (bundle === undefined) return share;
  const open = vulnerabilities.filter(({ state, suppressed }) => state === 'present' && suppressed === undefined);
  const inherited = open.filter((finding) => finding.inBase === true).length;
  return `${share}; ${inherited} of the ${open.length} open vulnerabilities came with it`;
}

/** What the image was built from and by whom, as its builder stated it, rather in a signed statement; undefined where it stated neither. */
export function builtText({ provenance = [] }: Analysis['image']): string | undefined {
  const stated = provenance.find(({ signed }) => signed) ?? provenance[0];
  const { uri, revision } = stated?.source ?? {};
  const at = revision === undefined ? '' : ` at ${revision.slice(0, SHOWN_REVISION)}`;
  const from = uri === undefined ? '' : `${uri}${at}`;
  const by = stated?.builder ? `by ${stated.builder}` : '';
  const words = [from, by].filter((part) => part !== '').join(' ');
  if (stated === undefined || words === '') return undefined;
  return stated.signed ? words : `${words} (as the build says, not signed)`;
}

const SHOWN_REVISION = 12;

/** The base that the image's builder wrote down, where none is known: nothing was compared with it. */
function statedBase({ config: { labels } }: Analysis['image']): string | undefined {
  const [name, digest] = ['name', 'digest'].map((field) => labels[`org.opencontainers.image.base.${field}`]);
  if (name === undefined || name === '') return undefined;
  return `${name}${digest === undefined || name.includes('@') ? '' : `@${digest}`}, as its label says (plimsoll base add tells what came with it)`;
}

/** Packages of the final file system that the bundle could not judge. */
export function unjudgedPresent({
  packages,
  bundle,
}: Pick<Analysis, 'packages'> & { readonly bundle?: BundleReport | undefined }): Unjudged {
  return unjudgedOf({ packages: packages.filter((item) => item.state === 'present'), bundle });
}

/** What stands where no finding is open: that nothing is known is no praise where nothing could be known. */
export function noFindingsText(analysis: Analysis): string {
  const { count, total } = unjudgedPresent(analysis);
  const suppressed = analysis.vulnerabilities.some((item) => item.state === 'present' && item.suppressed !== undefined);
  const none = suppressed ? 'none open' : 'none known';
  if (count === 0) return none;
  if (count === total) return 'could not tell: no package could be judged';
  return `${none} in ${total - count} of ${counted(total, 'package')}`;
}

/** The verdict in words; a run without gates judged nothing and must not look like praise. */
export function verdictWord(analysis: Analysis): 'PASSED' | 'PASSED WITH WARNINGS' | 'FAILED' | 'NOT JUDGED' {
  if (analysis.policy.gates.length === 0 && analysis.policy.verdict === 'pass') return 'NOT JUDGED';
  return ({ pass: 'PASSED', warn: 'PASSED WITH WARNINGS', fail: 'FAILED' } as const)[analysis.policy.verdict];
}

/** How many gates held, failed and warned. */
export function verdictReason({ policy: { gates } }: Analysis): string {
  if (gates.length === 0) return 'no gate is set';
  const held = gates.filter((gate) => gate.passed).length;
  const failed = gates.filter((gate) => !gate.passed && gate.action === 'fail').length;
  const warned = gates.filter((gate) => !gate.passed && gate.action === 'warn').length;
  const parts = [
    failed > 0 ? `${failed} of ${counted(failed + held, 'gate')} failed` : '',
    failed === 0 && held > 0 ? `${counted(held, 'gate')} held` : '',
    warned > 0 ? counted(warned, 'warning') : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}
