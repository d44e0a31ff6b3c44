import type { Arguments } from 'yargs';
import type { AdvisoryBundle } from '../../bundle/advisory-bundle.ts';
import type { Analysis } from '../../model/analysis.ts';
import { applyPolicy } from '../../policy/apply-policy.ts';
import type { ArchivedImage, ArchiveStore } from '../../store/archive-store.ts';
import { type JudgedImage, type PolicyChange, policyDigestOf, rememberDecisions } from '../../store/judge-archive.ts';
import { policyOptionsOf } from '../policy-options.ts';
import { readText } from '../read-text.ts';
import { stringOf, stringsOf } from '../scan-options.ts';
import { matchedAnalysis } from './matched-analysis.ts';

/** What the policy of the command line says about one image. */
export interface ImageVerdict {
  readonly image: string;
  readonly ref?: string;
  readonly verdict: 'pass' | 'warn' | 'fail';
  readonly failedGates: readonly string[];
  readonly changes: readonly {
    readonly kind: string;
    readonly cause: string;
    readonly detail: Readonly<Record<string, unknown>>;
  }[];
}

const POLICY_SETTINGS = [
  'policy',
  'fail-on',
  'fail-on-secrets',
  'fail-on-checks',
  'exit-on-eol',
  'max-db-age',
  'severity',
  'ignore-unfixed',
];

/** Images whose analyses are held while they are judged. */
const AT_ONCE = 50;

/**
 * Judges images anew: all of them where rules, VEX or gates are given, because exceptions run out for images that nothing
 * else happened to. Without any there is nothing to judge.
 */
export async function judgeImages(
  args: Arguments,
  store: ArchiveStore,
  context: { readonly bundle: AdvisoryBundle; readonly now: Date },
): Promise<readonly ImageVerdict[]> {
  const files = [...stringsOf(args, 'ignorefile'), ...stringsOf(args, 'vex')];
  if (files.length === 0 && POLICY_SETTINGS.every((name) => args[name] === undefined)) return [];
  const { options } = policyOptionsOf(args);
  const policy = stringOf(args, 'policy');
  const texts = [...files, ...(policy === undefined ? [] : [policy])].map((path) =>
    readText(path, 'PLM_POLICY_INVALID'),
  );
  const remembered = {
    policyDigest: policyDigestOf([POLICY_SETTINGS.map((name) => args[name] ?? null), texts]),
    bundle: context.bundle.info.contentId,
    at: context.now.toISOString(),
  };
  const images = await store.images({ retired: false });
  const verdicts: ImageVerdict[] = [];
  for (let start = 0; start < images.length; start += AT_ONCE) {
    const judged: (JudgedImage & { readonly image: ArchivedImage })[] = [];
    for (const image of images.slice(start, start + AT_ONCE)) {
      const analysis = applyPolicy(await matchedAnalysis(store, image, context.bundle), options, context.now);
      judged.push({ key: image.key, image, analysis });
    }
    const changes = await rememberDecisions(store, judged, remembered);
    verdicts.push(...judged.map(({ image, analysis }) => verdictOf(image, analysis, changes)));
  }
  return verdicts;
}

function verdictOf(image: ArchivedImage, { policy }: Analysis, changes: readonly PolicyChange[]): ImageVerdict {
  const [ref] = image.names;
  return {
    image: image.manifestDigest ?? image.key,
    ...(ref === undefined ? {} : { ref }),
    verdict: policy.verdict,
    failedGates: policy.gates.filter((gate) => !gate.passed).map((gate) => gate.id),
    changes: changes
      .filter((change) => change.image === image.key)
      .map(({ kind, cause, detail }) => ({ kind, cause, detail })),
  };
}
