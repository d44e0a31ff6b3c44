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
