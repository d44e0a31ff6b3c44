import type { DiffPart, ImageDiff } from '../../model/image-diff.ts';
import type { OnDemandPart } from '../../policy/gates/on-demand-checks.ts';
import { SCANNERS, type Scanner } from '../scanner.ts';
import type { DiffInput } from './diff-input.ts';

/** The parts that one side says nothing about, and why: absence of findings is no answer there. */
export function whyNotCompared(before: DiffInput, after: DiffInput): ImageDiff['notCompared'] {
  const found = PARTS.flatMap(([part, scanner]) => {
    const [old, now] = [whyUnknown(before, part, scanner), whyUnknown(after, part, scanner)];
    if (old === undefined && now === undefined) return [];
    if (old === now) return [{ part, why: `${old} on either side` }];
    const sides = [old === undefined ? '' : `${old} before`, now === undefined ? '' : `${now} after`];
    return [{ part, why: sides.filter((side) => side !== '').join(', ') }];
  });
  const examined = EXAMINED.flatMap(([part, why]) => {
    const [was, is] = [before, after].map(({ analysis }) => analysis.files[part] !== undefined);
    return was === is ? [] : [{ part, why: `${why} ${was ? 'after' : 'before'}` }];
  });
  return [...found, ...examined];
}

/** What is looked for on demand only. */
const EXAMINED: readonly (readonly [OnDemandPart, string])[] = [
  ['integrity', 'not verified'],
  ['known', 'not looked for'],
];

const PARTS: readonly (readonly [DiffPart, Scanner])[] = [
  ['vulnerabilities', 'vuln'],
  ['secrets', 'secret'],
  ['misconfigurations', 'config'],
  ['privileged', 'file'],
  ['configuration', 'config'],
  ['licenses', 'license'],
  ['files', 'file'],
];

function whyUnknown({ analysis, files }: DiffInput, part: DiffPart, scanner: Scanner): string | undefined {
  const { kind } = analysis.image;
  if (kind === 'sbom' && scanner !== 'vuln' && scanner !== 'license') return 'an SBOM holds none';
  if (part === 'configuration' && kind === 'directory') return 'a folder has none';
  if (!(analysis.scanners ?? SCANNERS).includes(scanner)) return 'not looked for';
  if (part === 'vulnerabilities' && analysis.bundle === undefined) return 'no advisory database was used';
  if (part === 'files' && files === undefined) return 'a report holds none';
  return undefined;
}
