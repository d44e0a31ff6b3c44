import type { SigningKey } from '../bundle/trust/signing-key.ts';
import type { Analysis } from '../model/analysis.ts';

/** Where a report goes: text in order, no seeking. */
export interface TextSink {
  write(text: string): void;
}

export interface ReportOptions {
  /** Columns of the terminal, or undefined where the output is none. */
  readonly columns?: number;
  readonly color: boolean;
  readonly showSuppressed: boolean;
  /** Leave packages out that only history holds. */
  readonly history: boolean;
  /** RFC 3339 time to write where a format demands one; without it the formats use a value derived from the image. */
  readonly created?: string;
  /** Who answers for what SBOMs and VEX statements say; without it they name the program only. */
  readonly author?: string;
  /** Text of the user template for the `template` format. */
  readonly template?: string;
  /** Signs in-toto statements; other formats have no place for a signature. */
  readonly signingKey?: SigningKey;
}

/** One output format, named by `--format`. Found by the folder listing of `src/report/formats`. */
export interface ReportFormat {
  /** `table`, `json`, `cyclonedx-json`, … A format with versions takes `name@version`. */
  readonly id: string;
  readonly title: string;
  readonly mediaType: string;
  /** Versions it can write, the default first; absent where there is only one. */
  readonly versions?: readonly string[];
  write(
    analysis: Analysis,
    sink: TextSink,
    options: ReportOptions & { readonly version?: string },
  ): void | Promise<void>;
}
