import type { Analysis } from '../model/analysis.ts';
import type { Misconfiguration } from '../model/finding.ts';
import type { ImageConfig } from '../model/image.ts';

/** What a check may look at: the raw configuration and the file part of the report. No values may go into `evidence`. */
export interface CheckInput {
  readonly config: ImageConfig;
  /** True for a root file system or an SBOM, where there is no image configuration to judge. */
  readonly configMissing: boolean;
  readonly files: Analysis['files'];
  readonly secrets: Analysis['secrets'];
  readonly packages: Analysis['packages'];
  /** Paths of the final file system, for checks about what should not be there. */
  readonly hasPath: (path: string) => boolean;
  /** Facts that detectors stated about files of the final file system; absent where no detector ran. */
  readonly facts?: readonly CheckFact[];
}

/** A fact of the final file system as a detector stated it (`account-empty-password`, `leftover`, …). */
interface CheckFact {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly layer: number;
}

/** One check of the image as a whole; `src/checks/<name>.ts` exports it as `check`. */
export interface ImageCheck {
  /** `PLM-C001` … */
  readonly id: string;
  /** Numbers under which others know it: `CIS-DI-0001`. */
  readonly aliases: readonly string[];
  readonly title: string;
  readonly severity: Misconfiguration['severity'];
  readonly remediation: string;
  /** One entry per place where the check fails; empty where it passes. */
  run(input: CheckInput): readonly Pick<Misconfiguration, 'evidence' | 'layer' | 'path' | 'secret'>[];
}
