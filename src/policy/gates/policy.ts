import type { State } from '../../model/evidence.ts';
import type { FindingStatus } from '../../model/finding.ts';
import type { SecretVerdict } from '../../model/secret.ts';
import type { Severity } from '../../model/severity.ts';
import type { Glob } from '../glob.ts';
import type { IgnoreRule } from '../ignores/ignore-rule.ts';
import type { PurlPattern } from '../purl-pattern.ts';
import type { Expression } from './expression.ts';

export const GATE_SUBJECTS = [
  'vulnerability',
  'secret',
  'misconfiguration',
  'license',
  'package',
  'problem',
  'database',
  'image',
] as const;
type GateSubject = (typeof GATE_SUBJECTS)[number];
type GateAction = 'fail' | 'warn' | 'info';

/** A parsed policy file (docs/policy.md). */
export interface Policy {
  /** Path it was read from, for messages. */
  readonly path: string;
  /** What a finding of unknown severity counts as. */
  readonly unknownSeverity: Severity;
  /** Whether packages and secrets count that only history holds. */
  readonly history: boolean;
  /** Whether flaws of Go modules count whose functions the linker left out. */
  readonly countNotLinked?: boolean;
  readonly gates: readonly Gate[];
  readonly ignores: readonly IgnoreRule[];
}

/** Fails when more than `max` subjects meet every condition. */
export interface Gate {
  readonly id: string;
  readonly on: GateSubject;
  readonly action: GateAction;
  readonly max: number;
  readonly message?: string;
  /** Names of images it applies to; all where absent. */
  readonly images?: readonly Glob[];
  readonly when: GateConditions;
  readonly expression?: Expression;
}

/** A comparison with a number, as in `>=7.5`. */
export interface Comparison {
  readonly operator: '>=' | '>' | '<=' | '<' | '=';
  readonly value: number;
}

/** Every condition that is given must hold. */
export interface GateConditions {
  /** The severities that count. */
  readonly severities?: ReadonlySet<Severity>;
  readonly fix?: 'available' | 'none';
  readonly kev?: boolean;
  readonly epss?: Comparison;
  readonly cvss?: Comparison;
  /** Days: since publication of an advisory; since capture of the oldest source for `database`. */
  readonly ageDays?: Comparison;
  readonly statuses?: readonly FindingStatus[];
  readonly states?: readonly State[];
  readonly types?: readonly string[];
  readonly inBase?: boolean;
  readonly ids?: readonly Glob[];
  readonly purls?: readonly PurlPattern[];
  readonly paths?: readonly Glob[];
  /** Secrets at least this sure. */
  readonly verdicts?: ReadonlySet<SecretVerdict>;
  readonly sources?: readonly string[];
  readonly rules?: readonly Glob[];
  /** SPDX licences that may not be used, or the only ones that may. */
  readonly denied?: readonly string[];
  readonly allowed?: readonly string[];
  readonly codes?: readonly Glob[];
  /** `database`: the bundle has expired, is the starter set, was rolled back, or says nothing about the distro. */
  readonly expired?: boolean;
  readonly starter?: boolean;
  readonly noData?: boolean;
  /** `database`: packages it has no advisories for. */
  readonly unjudged?: Comparison;
  /** `image`: the distro is past its end of life; runs as root; lacks a label. */
  readonly osEndOfLife?: boolean;
  readonly root?: boolean;
  readonly missingLabels?: readonly string[];
  /** `image`: no signed provenance names one of these builders, or begins at one of these sources. */
  readonly notBuiltBy?: readonly Glob[];
  readonly notBuiltFrom?: readonly Glob[];
  readonly layers?: Comparison;
  readonly bytes?: Comparison;
  /** `image`: bytes that layers hold and the final file system does not show; share of bytes it shows, 0 to 1. */
  readonly wastedBytes?: Comparison;
  readonly efficiency?: Comparison;
}
