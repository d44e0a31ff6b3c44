import type { Arguments } from 'yargs';
import type { AdvisoryBundle } from '../../bundle/advisory-bundle.ts';
import type { Analysis } from '../../model/analysis.ts';
import { applyPolicy } from '../../policy/apply-policy.ts';
import type { ArchiveEvent } from '../../store/archive-event.ts';
import type { ArchivedImage, ArchiveStore } from '../../store/archive-store.ts';
import { type JudgedImage, policyDigestOf, rememberDecisions } from '../../store/judge-archive.ts';
import { stringOf, stringsOf } from '../arguments.ts';
import { policyOptionsOf } from '../policy-options.ts';
import { printable } from '../printable.ts';
import { readReportText, readText } from '../read-text.ts';
import { matchedAnalysis } from './matched-analysis.ts';

/** What the policy of the command line says about one image. */
export interface ImageVerdict {
  readonly image: string;
  readonly ref?: string;
  readonly verdict: 'pass' | 'warn' | 'fail';
  readonly failedGates: readonly string[];
  /** What differs from the answers before, as far as it was not told yet. */
  readonly changes: readonly Pick<ArchiveEvent, 'kind' | 'cause' | 'detail'>[];
}

const POLICY_SETTINGS = [
  'policy',
  'fail-on',
  'fail-on-secrets',
  'fail-on-checks',
  'exit-on-eol',
  'max-db-age',
  'require-coverage',
  'severity',
  'ignore-unfixed',
];

/** Stands behind the settings only where it is given: archives remember the others' digest. */
const COUNTED = 'count-not-linked';

/** Images whose analyses are held while they are judged. */
const AT_ONCE = 50;

/** A line for each image that did not pass, with its gates. */
export function nameVerdicts(verdicts: readonly ImageVerdict[], stream: { write(text: string): unknown }): void {
  for (const { verdict, ref, image, failedGates } of verdicts) {
    if (verdict !== 'pass') stream.write(`${verdict} ${printable(`${ref ?? image}: ${failedGates.join(', ')}`)}\n`);
  }
}

/**
 * Judges images anew: all of them where rules, VEX or gates are given, because exceptions run out for images that nothing
 * else happened to. Without any there is nothing to judge. Changes are those of all events after `told`: what a run
 * stored and could not tell is told by the next one.
 */
export async function judgeImages(
  args: Arguments,
  store: ArchiveStore,
  context: { readonly bundle: AdvisoryBundle; readonly now: Date; readonly told: number },
): Promise<readonly ImageVerdict[]> {
  const files = [...stringsOf(args, 'ignorefile'), ...stringsOf(args, 'vex')];
  if (files.length === 0 && POLICY_SETTINGS.every((name) => args[name] === undefined)) return [];
  const { options } = await policyOptionsOf(args);
  const [policy, baseline] = [stringOf(args, 'policy'), stringOf(args, 'baseline')];
  const texts = [...files, ...(policy === undefined ? [] : [policy])].map((path) =>
    readText(path, 'PLM_POLICY_INVALID'),
  );
  if (baseline !== undefined) texts.push(readReportText(baseline));
  const remembered = {
    policyDigest: policyDigestOf([
      [...POLICY_SETTINGS.map((name) => args[name] ?? null), ...(args[COUNTED] === true ? [COUNTED] : [])],
      texts,
    ]),
    bundle: context.bundle.info.contentId,
    at: context.now.toISOString(),
  };
  const images = await store.images({ retired: false });
  const verdicts = new Map<string, Omit<ImageVerdict, 'changes'>>();
  for (let start = 0; start < images.length; start += AT_ONCE) {
    const judged: JudgedImage[] = [];
    for (const image of images.slice(start, start + AT_ONCE)) {
      const analysis = applyPolicy(await matchedAnalysis(store, image, context.bundle), options, context.now);
      judged.push({ key: image.key, analysis });
      verdicts.set(image.key, verdictOf(image, analysis));
    }
    await rememberDecisions(store, judged, remembered);
  }
  const changes = untoldChanges(await store.events({ after: context.told }));
  return [...verdicts].map(([key, verdict]) => ({ ...verdict, changes: changes.get(key) ?? [] }));
}

function verdictOf(image: ArchivedImage, { policy }: Analysis): Omit<ImageVerdict, 'changes'> {
  const [ref] = image.names;
  return {
    image: image.manifestDigest ?? image.key,
    ...(ref === undefined ? {} : { ref }),
    verdict: policy.verdict,
    failedGates: policy.gates.filter((gate) => !gate.passed).map((gate) => gate.id),
  };
}

function untoldChanges(events: readonly ArchiveEvent[]): ReadonlyMap<string, ImageVerdict['changes']> {
  const changes = new Map<string, ImageVerdict['changes'][number][]>();
  for (const { image, kind, cause, detail } of events) {
    if (image === undefined || (kind !== 'verdict' && kind !== 'suppression')) continue;
    const list = changes.get(image);
    if (list === undefined) changes.set(image, [{ kind, cause, detail }]);
    else list.push({ kind, cause, detail });
  }
  return changes;
}
