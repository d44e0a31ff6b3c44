import type { SecretVerdict } from '../model/secret.ts';
import type { SealedText } from './keys/sealed-text.ts';

export type SecretSeverity = 'critical' | 'high' | 'medium' | 'low';

/**
 * One credential type: data plus a linear validator, one vendor per file in `src/secrets/rules`. A rule that misses
 * one of its own `samples.hits` or fires on one of its `samples.misses` fails the build (test/secrets/rules.test.ts).
 * Most rules are made by `tokenRule` (self-identifying prefix) or `assignedRule` (name, then value).
 */
export type SecretRule = AnchoredRule | FileRule;

interface RuleBase {
  /** Unique, kebab case, vendor first: `github-pat`. */
  readonly id: string;
  readonly title: string;
  readonly severity: SecretSeverity;
  /** Address where the vendor states the format. */
  readonly specification?: string;
  /** Built in code, never stored whole, so that no scanner takes this repository for a leak. */
  readonly samples: RuleSamples;
}

export interface RuleSamples {
  readonly hits: () => readonly RuleSample[];
  readonly misses: () => readonly RuleSample[];
}

/** A text, or a file with the path where the rule looks at it. */
export type RuleSample = string | { readonly path: string; readonly content: string | Uint8Array };

/** A rule that runs where one of its literals occurs. */
export interface AnchoredRule extends RuleBase {
  /** Literals of 3 to 24 bytes, case as written. */
  readonly anchors?: readonly string[];
  /** Literals in lower case, found in any letter case and only in text. */
  readonly words?: readonly string[];
  /** Bytes that `inspect` may look at before and after the start of the literal; the engine guarantees them, or the end of the file. */
  readonly reach: { readonly before: number; readonly after: number };
  /** Linear in the reach; undefined where the literal meant nothing. */
  inspect(site: Site): Found | undefined;
}

/** A rule that reads a whole small file, selected by path or magic bytes. */
export interface FileRule extends RuleBase {
  readonly select: readonly FileSelector[];
  /** Throws nothing on hostile bytes. */
  inspectFile(file: SecretFile): Iterable<Found>;
}

/** `basename` compares the last part of the path, `suffix` its end (give a leading `/` to begin at a directory; `within` must stand somewhere before it), `magic` the first bytes. */
export type FileSelector =
  | { readonly basename: string }
  | { readonly suffix: string; readonly within?: string }
  | { readonly magic: readonly number[] };

export interface SecretFile {
  /** Absolute in the image. */
  readonly path: string;
  /** At most `SECRET_FILE_BYTES`; larger files are not handed to file rules. */
  readonly bytes: Uint8Array;
}

/** Where a literal was found. Only `bytes[start, end)` belongs to the file and to the rule's reach. */
export interface Site {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** Where the literal begins. */
  readonly at: number;
  /** Length of the literal. */
  readonly length: number;
}

/** What a rule says about a value. */
export interface Judgement {
  readonly verdict: SecretVerdict;
  /** `crc32`, `rsa n=p*q`, `encrypted key` … */
  readonly proof?: string;
  readonly severity?: SecretSeverity;
  /** Kept in the report as suppressed, with this reason. */
  readonly suppressed?: SuppressionReason;
  /** What cross-file proof looks up. */
  readonly join?: readonly JoinKey[];
}

/** A value at `bytes[start, end)` (of the site or of the file). */
export interface Found extends Judgement {
  readonly start: number;
  readonly end: number;
  /** What is fingerprinted where it is not the bytes themselves (an un-escaped key, a decoded password). */
  readonly identity?: string;
  /** Leading characters that are public by design and may be shown, as in `ghp_`; none by default. */
  readonly publicPrefix?: string;
  /** Variable, key or user the value was given to; shown. */
  readonly name?: string;
  /** Not a secret itself (certificate, public key): only feeds cross-file proof. */
  readonly witness?: boolean;
  /** A key, in hex, that may open a sealed text of any layer: tried where the layers are joined, and dropped there. */
  readonly opens?: string;
  /** What the range decodes to. The range itself is then not reported; secrets found in the decoded bytes are, in its place. */
  readonly decoded?: Uint8Array;
}

/**
 * What two findings share when they belong together, never a value. `public-key`: SHA-256 of the
 * SubjectPublicKeyInfo or of the SSH public blob, in hex, found anywhere in the image; `pair`: the halves of one
 * credential in one file, told apart by `half`; `sealed`: a text that a key may open.
 */
export type JoinKey =
  | { readonly kind: 'public-key'; readonly digest: string }
  | { readonly kind: 'pair'; readonly name: string; readonly half: 'id' | 'secret' }
  | { readonly kind: 'sealed'; readonly sealed: SealedText };

/** Closed list of reasons why a finding is kept silent, counted in every report. */
export type SuppressionReason =
  | 'placeholder'
  | 'reference'
  | 'published-example'
  | 'published-test-key'
  | 'encrypted'
  | 'hash'
  | 'allow-comment'
  | 'package-owned'
  | 'package-documentation'
  | 'package-code'
  | 'ignored'
  | 'baseline'
  | 'duplicate';

/** Whether a rule runs on literals. */
export function isAnchored(rule: SecretRule): rule is AnchoredRule {
  return 'inspect' in rule;
}
