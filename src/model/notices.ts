import type { GateResult } from './analysis.ts';
import type { Platform } from './image.ts';
import type { Package, PackageIdentity } from './package.ts';
import type { Problem } from './problem.ts';

/** What a text is by the name of its file: a licence or copyright statement, a notice beside one, or a list of authors. */
export type NoticeKind = 'license' | 'notice' | 'authors';

/** All packages of the final file system that share a type, a name and a version, whatever their architecture. */
export interface NoticePackage extends Omit<PackageIdentity, 'arch'> {
  /** The first of its purls. */
  readonly id: Package['id'];
  /** Sorted. */
  readonly purls: readonly string[];
  /** What is declared: SPDX expressions, or the declared text where it is no sound expression; sorted. */
  readonly licenses: readonly string[];
  /** Ids of the texts that stand for it, in their order. */
  readonly texts: readonly string[];
  /** Purls of what lies in it: packages that it installed as one of the operating system, and copies bundled with it; sorted. */
  readonly includes?: readonly string[];
}

/** One distinct text: files that differ in line ends only are one. */
export interface NoticeText {
  /** SHA-256 of the text in UTF-8 with `\n` for every line end. */
  readonly id: string;
  /** The strongest of its files: `license` before `notice` before `authors`. */
  readonly kind: NoticeKind;
  /** Where it lies; members of archives follow `!`. Sorted. */
  readonly files: readonly { readonly path: string; readonly layer: number }[];
  /** Ids of the packages it stands for, in their order; none where the file belongs to no package that was found. */
  readonly packages: readonly Package['id'][];
  readonly text: string;
}

/** The third-party notices of an image. JSON-safe, sorted, without a clock. */
export interface Notices {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly image: {
    readonly ref?: string;
    readonly manifestDigest?: string;
    readonly configDigest: string;
    readonly platform: Platform;
  };
  /** Sorted by name, version, type. */
  readonly packages: readonly NoticePackage[];
  /** In the order of the packages they stand for, then by kind and path; those of no package last. */
  readonly texts: readonly NoticeText[];
  readonly gates: readonly GateResult[];
  readonly problems: readonly Problem[];
}

/** Whether a licence text of the package is there; a list of authors or a notice alone is none. */
export function hasLicenseText(found: NoticePackage, textOf: (id: string) => NoticeText | undefined): boolean {
  return found.texts.some((id) => textOf(id)?.kind === 'license');
}
