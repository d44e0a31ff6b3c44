import type { Distro } from '../../model/distro.ts';
import type { ImageReport } from '../../model/image.ts';
import type { Package } from '../../model/package.ts';
import type { Problem } from '../../model/problem.ts';
import type { Fact } from '../sbom/facts.ts';

/** What a component is to us, whichever format it came in; `source` is what a package was built from. */
export type SbomRole = 'package' | 'image' | 'os' | 'source' | 'other';

/** One component as an SBOM states it, before it becomes a package. */
export interface SbomComponent {
  /** Name of the component inside the document. */
  readonly ref: string;
  readonly role: SbomRole;
  readonly name: string;
  readonly group?: string;
  readonly version: string;
  readonly purl?: string;
  /** CPE names and SWID tags, which we do not match by. */
  readonly otherIds?: readonly string[];
  readonly supplier?: string;
  readonly copyright?: string;
  readonly licenses: readonly string[];
  readonly hashes: readonly { readonly algorithm: string; readonly value: string }[];
  readonly scope?: 'runtime' | 'development' | 'optional';
  /** Paths where it was seen. */
  readonly paths: readonly string[];
  /** Properties or annotation lines: ours and those of other tools. */
  readonly facts: readonly Fact[];
}

/** The common form of CycloneDX and SPDX documents. */
export interface SbomDocument {
  /** `CycloneDX 1.6`, `SPDX-2.3`, … */
  readonly format: string;
  readonly components: readonly SbomComponent[];
  /** What a component needs, by `ref`; a component without an entry is silent about it. */
  readonly dependencies: ReadonlyMap<string, readonly string[]>;
  /** Components that some relationship names: a dependency, even of nothing, a containment, any other of SPDX. */
  readonly related: ReadonlySet<string>;
  /** Persons, organizations and tools that the document names as its makers. */
  readonly authors: readonly string[];
  readonly created?: string;
}

/** What an SBOM tells: enough to match its packages as if the image were there. */
export interface ReadSbom {
  /** `CycloneDX 1.6`, `SPDX-2.3`, … */
  readonly format: string;
  readonly packages: readonly Package[];
  readonly distro?: Distro;
  /** `kind` is `sbom`; layers only where the SBOM is ours. */
  readonly image: ImageReport;
  readonly problems: readonly Problem[];
}
