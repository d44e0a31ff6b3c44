import { PackageURL } from 'packageurl-js';

/** A component of any SBOM format, reduced to what identifies a package. */
export interface SbomComponent {
  readonly purl: string;
  readonly licenses: readonly string[];
  readonly hashes: readonly { readonly algorithm: string; readonly value: string }[];
}

export interface SbomContent {
  readonly format: string;
  readonly components: readonly SbomComponent[];
  /** Components that state a version and no purl. */
  readonly unnamed: number;
}

/** The parts of a purl, or undefined for a text that is none or names no version. */
export function parsePurl(text: string): PackageURL | undefined {
  try {
    const purl = PackageURL.fromString(text);
    return purl.version ? purl : undefined;
  } catch {
    // The library throws plain errors for every text that is no purl.
    return undefined;
  }
}
