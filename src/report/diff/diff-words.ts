import { describeUnjudged } from '../../match/unjudged.ts';
import { counted } from '../../model/counted.ts';
import type {
  ConfigurationDifference,
  DiffPart,
  DiffSide,
  FileDifference,
  FindingsDiff,
  ImageDiff,
  SecretDifference,
  SecretPlace,
  VulnerabilityDifference,
} from '../../model/image-diff.ts';
import { describeBytes, hasOs, platformName, secretPlace } from '../describe.ts';
import { imageProblems } from '../sbom/image-problems.ts';

/** What a reader must know before trusting the numbers, one sentence each. */
export function diffNotices(diff: ImageDiff): readonly string[] {
  const { before, after, problems } = diff;
  const found: string[] = [];
  if ([before, after].every(({ image }) => image.platform.architecture !== '')) {
    const [old, now] = [before, after].map(({ image }) => platformName(image));
    if (old !== now) found.push(`The platforms differ: ${old} before, ${now} after.`);
  }
  const bundles = [before.bundle, after.bundle];
  if (bundles.some((bundle) => bundle?.starter === true))
    found.push('Only the starter set of advisories was used: import a full database for real coverage.');
  if (bundles.some((bundle) => bundle?.expired === true)) found.push('The advisory database has expired.');
  if (before.bundle !== undefined && after.bundle !== undefined && before.bundle.contentId !== after.bundle.contentId)
    found.push(
      `The reports were matched with different databases (${bundleName(before)} and ${bundleName(after)}): differences may come from there. --db matches both anew.`,
    );
  const [old, now] = [before, after].map((side) => side.unjudged && `${describeUnjudged(side.unjudged)}.`);
  if (old !== undefined) found.push(`${old === now ? 'before and after' : 'before'}: ${old}`);
  if (now !== undefined && now !== old) found.push(`after: ${now}`);
  for (const [side, doubt] of DOUBTS) {
    const lost = imageProblems({ problems: problems.filter((problem) => problem.side === side) });
    if (lost.length > 0) found.push(`${side}: ${counted(lost.length, 'problem')} cost coverage; ${doubt}.`);
  }
  return found;
}

const DOUBTS = [
  ['before', 'what is called new may have been there'],
  ['after', 'what is called fixed or removed may still be there'],
] as const;

function bundleName({ bundle }: DiffSide): string {
  return bundle === undefined ? 'none' : `${bundle.channel} ${bundle.sequence}`;
}

/** `app:1.0, Debian GNU/Linux 11 (end of life since 2026-08-31)`. */
export function sideText({ location, image }: DiffSide): readonly [name: string, system: string] {
  const { ref, os } = image;
  const end = os?.eol?.reached === true ? ` (end of life since ${os.eol.date})` : '';
  return [ref ?? location, os !== undefined && hasOs({ os }) ? `${os.prettyName}${end}` : ''];
}

/** `2 new, none fixed, 1 changed, 40 unchanged`; `gone` is what the kind calls what is fixed. */
export function countsText(findings: FindingsDiff<unknown>, gone: string): string {
  const counts = [
    `${findings.new.length || 'none'} new`,
    `${findings.fixed.length || 'none'} ${gone}`,
    findings.changed.length === 0 ? '' : `${findings.changed.length} changed`,
    `${findings.unchanged} unchanged`,
  ];
  return counts.filter((count) => count !== '').join(', ');
}

/** The rows of a kind and what became of each, the new ones first. */
export function findingRows<Row>(
  findings: FindingsDiff<Row> | undefined,
): readonly (readonly [row: Row, change: 'added' | 'changed' | 'removed'])[] {
  if (findings === undefined) return [];
  return [
    ...findings.new.map((row) => [row, 'added'] as const),
    ...findings.changed.map((row) => [row, 'changed'] as const),
    ...findings.fixed.map((row) => [row, 'removed'] as const),
  ];
}

/** `12 differences, +3.4 MB` */
export function filesText(files: readonly FileDifference[]): string {
  const bytes = files.reduce((sum, file) => sum + (file.sizeAfter ?? 0) - (file.sizeBefore ?? 0), 0);
  return `${counted(files.length, 'difference')}, ${bytes < 0 ? '-' : '+'}${describeBytes(Math.abs(bytes))}`;
}

/** The numbers of the vulnerabilities: none found where none could be found is no praise. */
export function vulnerabilityCounts({ vulnerabilities, before, after }: ImageDiff): string {
  if (vulnerabilities === undefined) return 'not compared';
  const sides = [before.unjudged, after.unjudged].filter((unjudged) => unjudged !== undefined);
  if (sides.some(({ count, total }) => count === total)) return 'could not tell, no package of a side could be judged';
  const counts = countsText(vulnerabilities, 'fixed');
  const { length } = vulnerabilities.unjudged;
  if (length > 0) return `${counts}, ${length} could not be told`;
  const isStarter = [before, after].some(({ bundle }) => bundle?.starter === true);
  return `${counts}${isStarter ? ' (starter set only)' : sides.length > 0 ? ' (where judged)' : ''}`;
}

/** `1.0 -> 1.1`, or what became of the package where one side has none. */
export function versionsText({ versions: { before, after } }: VulnerabilityDifference): string {
  const [old, now] = [before.join(', '), after.join(', ')];
  if (old === now) return old;
  if (old === '') return `${now} (new package)`;
  return now === '' ? `${old} (removed)` : `${old} -> ${now}`;
}

/** What else there is to know of a vulnerability: its fix, how it changed, or where it still lies. Empty where nothing. */
export function noteText(row: VulnerabilityDifference, list: DiffList): string {
  switch (list) {
    case 'changed':
      return (row.changes ?? []).map((change) => changeText(row, change)).join(', ');
    case 'fixed':
      return row.after.length > 0 ? 'still in a lower layer' : '';
    case 'unjudged':
      return row.after.length > 0 ? 'before could not be judged' : 'after could not be judged';
    case 'new': {
      const fix = row.fixedIn.length === 0 ? '' : `fixed in ${row.fixedIn.join(', ')}`;
      return [fix, earlierText(row)].filter((word) => word !== '').join(', ');
    }
  }
}

/** Why a finding is new though the first side had it. */
function earlierText({ before }: VulnerabilityDifference): string {
  if (before.length === 0) return '';
  return before.some((item) => item.suppressed !== undefined) ? 'was suppressed' : 'was in a lower layer';
}

type Change = NonNullable<VulnerabilityDifference['changes']>[number];

function changeText({ before, after, kev }: VulnerabilityDifference, change: Change): string {
  if (change === 'suppressed') {
    const suppressed = after.map((item) => item.suppressed).find((found) => found !== undefined);
    return `suppressed: ${suppressed?.reason ?? ''}`;
  }
  if (change === 'kev') return kev === true ? 'now known exploited' : 'known exploited no more';
  const values = (items: VulnerabilityDifference['before']): string =>
    [...new Set(items.flatMap((item) => item[change]))].join(', ') || 'none';
  return `${change === 'fixedIn' ? 'fixed in' : change} ${values(before)} -> ${values(after)}`;
}

/** A list of vulnerabilities of a comparison. */
export type DiffList = 'new' | 'fixed' | 'changed' | 'unjudged';

/** Where a secret lies, and that a later layer hides it. */
export function secretPlaces(secret: SecretDifference): string {
  const places = secret.after.length > 0 ? secret.after : secret.before;
  return [...new Set(places.map(placeText))].join(', ');
}

function placeText(place: SecretPlace): string {
  const hidden = place.state === undefined || place.state === 'present' ? '' : ` (${place.state})`;
  return `${secretPlace(place)}${hidden}`;
}

/** `user: root -> app`, `env DEBUG`. */
export function configurationText({ field, name, before, after }: ConfigurationDifference): string {
  const label = name === undefined ? FIELDS[field] : `${FIELDS[field]} ${name}`;
  if (before === undefined && after === undefined) return label;
  const value = (text: string | readonly string[] | undefined): string =>
    text === undefined ? 'none' : typeof text === 'string' ? text : JSON.stringify(text);
  return `${label}: ${value(before)} -> ${value(after)}`;
}

const FIELDS: Readonly<Record<ConfigurationDifference['field'], string>> = {
  user: 'user',
  workingDir: 'working directory',
  entrypoint: 'entrypoint',
  cmd: 'command',
  port: 'port',
  volume: 'volume',
  env: 'variable',
  label: 'label',
};

/** `secrets, image checks (not looked for after)`, one text for each reason. */
export function notComparedTexts({ notCompared }: ImageDiff): readonly string[] {
  return [...Map.groupBy(notCompared, ({ why }) => why)].map(
    ([why, parts]) => `${parts.map(({ part }) => PARTS[part]).join(', ')} (${why})`,
  );
}

const PARTS: Readonly<Record<DiffPart, string>> = {
  files: 'files',
  packages: 'packages',
  vulnerabilities: 'vulnerabilities',
  secrets: 'secrets',
  misconfigurations: 'image checks',
  integrity: 'changed files of packages',
  known: 'known bad files',
  privileged: 'privileged files',
  configuration: 'configuration',
  licenses: 'licences',
};

/** Problems without repeats: what both sides say is said once. */
export function diffProblems({
  problems,
}: ImageDiff): readonly { readonly sides: string; readonly problem: ImageDiff['problems'][number] }[] {
  const groups = Map.groupBy(problems, ({ code, path, layer, detail }) => JSON.stringify([code, path, layer, detail]));
  return [...groups.values()].flatMap((same) => {
    const [problem] = same;
    return problem === undefined ? [] : [{ sides: [...new Set(same.map(({ side }) => side))].join(' and '), problem }];
  });
}
