const VEX_STATUSES = ['not_affected', 'affected', 'fixed', 'under_investigation'] as const;
export type VexStatus = (typeof VEX_STATUSES)[number];

/** One statement of an OpenVEX, CSAF or CycloneDX document, in the terms of OpenVEX. */
export interface VexStatement {
  /** Path of the document. */
  readonly document: string;
  readonly author: string;
  /** RFC 3339 time of the statement, or of its document; empty where neither says. */
  readonly timestamp: string;
  /** The vulnerability's name and its aliases. */
  readonly ids: readonly string[];
  readonly status: VexStatus;
  /** Why it is not affected: a label, or words. */
  readonly justification?: string;
  readonly products: readonly VexProduct[];
}

/** What a statement is about: a package by purl, or packages inside an image. */
export interface VexProduct {
  /** `pkg:…`, or an image digest `sha256:…`. */
  readonly id: string;
  /** Purls of packages inside the product; empty where the product itself is meant. */
  readonly subcomponents: readonly string[];
}

/** The status a text names, or undefined. */
export function parseVexStatus(text: string | undefined): VexStatus | undefined {
  return VEX_STATUSES.find((status) => status === text);
}

/** https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md#status-justifications; CSAF has the same. */
const VEX_JUSTIFICATIONS: readonly string[] = [
  'component_not_present',
  'vulnerable_code_not_present',
  'vulnerable_code_not_in_execute_path',
  'vulnerable_code_cannot_be_controlled_by_adversary',
  'inline_mitigations_already_exist',
];

/**
 * CycloneDX's own labels that mean the same (https://cyclonedx.org/docs/1.6/json/#vulnerabilities_items_analysis_justification);
 * those that ask for a configuration, a dependency or an environment have no counterpart.
 */
const CYCLONEDX_LABELS: ReadonlyMap<string, string> = new Map([
  ['code_not_present', 'vulnerable_code_not_present'],
  ['code_not_reachable', 'vulnerable_code_not_in_execute_path'],
  ['protected_by_compiler', 'inline_mitigations_already_exist'],
  ['protected_by_mitigating_control', 'inline_mitigations_already_exist'],
]);

/** The label that a statement gives for "not affected"; undefined where it says why in words. */
export function justificationLabel({ status, justification }: VexStatement): string | undefined {
  if (status !== 'not_affected' || justification === undefined) return undefined;
  return VEX_JUSTIFICATIONS.includes(justification) ? justification : CYCLONEDX_LABELS.get(justification);
}
