import type { Analysis, BundleReport } from './analysis.ts';
import type { State } from './evidence.ts';
import type { FindingStatus, Suppression } from './finding.ts';
import type { ImageReport } from './image.ts';
import type { Problem } from './problem.ts';
import type { Secret, SecretVerdict } from './secret.ts';
import type { Severity } from './severity.ts';

/** A path that differs between two file systems. */
export interface FileDifference {
  readonly path: string;
  readonly change: 'added' | 'removed' | 'changed' | 'metadata';
  readonly type: 'file' | 'directory' | 'symlink' | 'hardLink' | 'device' | 'fifo';
  /** Bytes before and after; absent on the side that has no such path. */
  readonly sizeBefore?: number;
  readonly sizeAfter?: number;
  /** Layer that the path comes from, before and after. */
  readonly layerBefore?: number;
  readonly layerAfter?: number;
}

/** A package whose set of versions differs. */
export interface PackageDifference {
  readonly type: string;
  readonly name: string;
  readonly namespace?: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** Versions only the first side has, and those only the second has; sorted. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** What became of the findings of one kind. A finding counts where it is not suppressed. */
export interface FindingsDiff<Row> {
  /** Count after and not before. */
  readonly new: readonly Row[];
  /** Counted before and are gone after. */
  readonly fixed: readonly Row[];
  /** Count on both sides and differ, or counted before and are suppressed after. */
  readonly changed: readonly Row[];
  /** Count on both sides alike. */
  readonly unchanged: number;
}

/**
 * Vulnerabilities are paired by package and flaw: binary packages of one source are one package, ids that name each other
 * are one flaw. Those in packages that only history holds count with `--history` only.
 */
export interface VulnerabilitiesDiff extends FindingsDiff<VulnerabilityDifference> {
  /** Count on one side, and the other has the package but no advisories for it: neither new nor fixed can be said. */
  readonly unjudged: readonly VulnerabilityDifference[];
  /** What counts on each side, by severity. */
  readonly severities: {
    readonly before: Readonly<Record<Severity, number>>;
    readonly after: Readonly<Record<Severity, number>>;
  };
}

/** One flaw of one package on both sides. */
export interface VulnerabilityDifference {
  readonly id: string;
  readonly aliases: readonly string[];
  /** The feed records that matched on either side. */
  readonly advisories: readonly string[];
  /** The worst of what counts after; where nothing does, before. */
  readonly severity: Severity;
  readonly kev?: true;
  /** Versions that have the fix, of the side the severity is of. */
  readonly fixedIn: readonly string[];
  /** The source package where the packages name one. */
  readonly package: { readonly type: string; readonly namespace?: string; readonly name: string };
  /** Versions of the package in each final file system, affected or not; none where the side has no such package. */
  readonly versions: { readonly before: readonly string[]; readonly after: readonly string[] };
  /** The findings of each side that are this flaw, those that do not count included. */
  readonly before: readonly VulnerabilityInstance[];
  readonly after: readonly VulnerabilityInstance[];
  readonly changes?: readonly ('severity' | 'status' | 'fixedIn' | 'state' | 'kev' | 'suppressed')[];
}

export interface VulnerabilityInstance {
  readonly packageId: string;
  readonly version: string;
  readonly state: State;
  readonly severity: Severity;
  readonly status: FindingStatus;
  readonly fixedIn: readonly string[];
  readonly suppressed?: Suppression;
}

/** One secret value, wherever it lies. */
export interface SecretDifference {
  readonly ruleId: string;
  readonly title?: string;
  readonly verdict: SecretVerdict;
  readonly match: string;
  readonly fingerprint: string;
  readonly before: readonly SecretPlace[];
  readonly after: readonly SecretPlace[];
  readonly changes?: readonly ('verdict' | 'state' | 'suppressed')[];
}

export type SecretPlace = Pick<
  Secret,
  'source' | 'name' | 'path' | 'line' | 'layer' | 'state' | 'verdict' | 'suppressed'
>;

/** One failed image check at one place: a path, else what was found. */
export interface CheckDifference {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly evidence: string;
  readonly path?: string;
  readonly changes?: readonly ('severity' | 'evidence' | 'suppressed')[];
}

/** A file of the final file system that runs with rights of its own or that everyone may write. */
export interface PrivilegeDifference {
  readonly path: string;
  readonly kind: 'setuid' | 'capabilities' | 'worldWritable' | 'devices';
  readonly change: 'added' | 'removed' | 'changed';
  /** Mode in octal and what it grants. */
  readonly before?: string;
  readonly after?: string;
}

/** A field of the image configuration. Of environment variables the name alone is compared: values may be secrets. */
export interface ConfigurationDifference {
  readonly field: 'user' | 'workingDir' | 'entrypoint' | 'cmd' | 'port' | 'volume' | 'env' | 'label';
  /** The port, volume, variable or label. */
  readonly name?: string;
  readonly change: 'added' | 'removed' | 'changed';
  readonly before?: string | readonly string[];
  readonly after?: string | readonly string[];
}

/** A licence that packages of one side alone are under. */
export interface LicenseDifference {
  readonly license: string;
  readonly change: 'added' | 'removed';
  readonly packageIds: readonly string[];
}

/** The parts of a comparison, by their field. */
export type DiffPart =
  | 'files'
  | 'packages'
  | 'vulnerabilities'
  | 'secrets'
  | 'misconfigurations'
  | 'integrity'
  | 'known'
  | 'privileged'
  | 'configuration'
  | 'licenses';

/** The result of `plimsoll diff`, version 1 of its JSON form (schema/diff-1.schema.json). A part that could not be compared is absent. */
export interface ImageDiff {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly before: DiffSide;
  readonly after: DiffSide;
  readonly vulnerabilities?: VulnerabilitiesDiff;
  readonly secrets?: FindingsDiff<SecretDifference>;
  readonly misconfigurations?: FindingsDiff<CheckDifference>;
  readonly privileged?: readonly PrivilegeDifference[];
  readonly configuration?: readonly ConfigurationDifference[];
  readonly licenses?: readonly LicenseDifference[];
  readonly packages?: readonly PackageDifference[];
  readonly files?: readonly FileDifference[];
  /** The parts that are absent, and why: nothing is known about them. */
  readonly notCompared: readonly { readonly part: DiffPart; readonly why: string }[];
  /** The gates over what is new; absent where layers are compared. */
  readonly policy?: Analysis['policy'];
  readonly problems: readonly (Problem & { readonly side: 'before' | 'after' })[];
}

export interface DiffSide {
  readonly location: string;
  readonly image: Pick<ImageReport, 'ref' | 'kind' | 'manifestDigest' | 'configDigest' | 'platform'> &
    Partial<Pick<ImageReport, 'os'>>;
  /** The file system after this layer was compared; absent for an SBOM or a report, which have none. */
  readonly layer?: number;
  /** The advisories the side was matched with. */
  readonly bundle?: Pick<BundleReport, 'contentId' | 'channel' | 'sequence' | 'builtAt' | 'starter' | 'expired'>;
  /** How many packages of the final file system there are no advisories for, and what is missing; absent where there are none. */
  readonly unjudged?: { readonly count: number; readonly total: number; readonly missing: readonly string[] };
}
