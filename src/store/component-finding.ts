import type { Vulnerability } from '../model/finding.ts';

/** The EPSS score, a probability of exploitation within 30 days, from which it counts as likely: one in ten. */
export const EXPLOIT_LIKELY = 0.1;

/**
 * A finding without what belongs to the image: place, state, base layer. Of EPSS, whose digits change daily, only the
 * side of `EXPLOIT_LIKELY` is kept; the score is read from a bundle when asked for.
 */
export interface ComponentFinding extends Omit<Vulnerability, 'packageId' | 'layer' | 'state' | 'inBase' | 'epss'> {
  readonly exploitLikely?: true;
}

/** What components share of a finding: all but the version that its reasons name, which is empty here. */
export interface SharedFinding {
  readonly finding: ComponentFinding;
  /** `finding` as JSON: equal texts are equal findings, and stored once. */
  readonly text: string;
}

/** A finding of one component. */
export interface OwnFinding {
  readonly shared: SharedFinding;
  /** The version all reasons name; absent where they name several, and the shared part has them. */
  readonly version?: string;
}

/** The part of an image's finding that belongs to the component. */
export function ownFinding(finding: Vulnerability): OwnFinding {
  const { packageId: _package, layer: _layer, state: _state, inBase: _base, epss, ...rest } = finding;
  const likely = epss !== undefined && epss.score >= EXPLOIT_LIKELY;
  const whole: ComponentFinding = { ...rest, ...(likely ? { exploitLikely: true as const } : {}) };
  const { version } = finding.reasons[0];
  if (finding.reasons.some((reason) => reason.version !== version)) return { shared: sharedFinding(whole) };
  return { shared: sharedFinding(withVersion(whole, '')), version };
}

/** A finding with the text it is stored and compared by. */
export function sharedFinding(finding: ComponentFinding): SharedFinding {
  return { finding, text: JSON.stringify(finding) };
}

/** The finding with all that it says. */
export function wholeFinding({ shared, version }: OwnFinding): ComponentFinding {
  return version === undefined ? shared.finding : withVersion(shared.finding, version);
}

function withVersion(finding: ComponentFinding, version: string): ComponentFinding {
  const [first, ...rest] = finding.reasons;
  return { ...finding, reasons: [{ ...first, version }, ...rest.map((reason) => ({ ...reason, version }))] };
}

/** Every id the finding answers to. */
export function findingIds(finding: Pick<ComponentFinding, 'id' | 'aliases' | 'advisories'>): readonly string[] {
  return [...new Set([finding.id, ...finding.aliases, ...finding.advisories.map((advisory) => advisory.id)])];
}
