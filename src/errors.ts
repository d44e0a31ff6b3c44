/**
 * Every failure a user can reach has a stable code. The union is closed: a new code is added here, documented in
 * `docs/errors.md` and covered by a test.
 */
export const ERROR_CODES = {
  // usage: exit 2
  PLM_USAGE: 2,
  PLM_CONFIG_INVALID: 2,
  PLM_POLICY_INVALID: 2,
  PLM_IGNORE_INVALID: 2,
  PLM_VEX_INVALID: 2,
  PLM_RULES_INVALID: 2,
  PLM_TEMPLATE_INVALID: 2,
  PLM_NOT_FOUND: 2,
  PLM_OUTPUT_FAILED: 2,
  // input unreadable or damaged: exit 3
  PLM_INPUT_NOT_FOUND: 3,
  PLM_INPUT_UNREADABLE: 3,
  PLM_INPUT_UNKNOWN: 3,
  PLM_INPUT_TRUNCATED: 3,
  PLM_IMAGE_AMBIGUOUS: 3,
  PLM_IMAGE_MANIFEST: 3,
  PLM_IMAGE_CONFIG: 3,
  PLM_IMAGE_PLATFORM: 3,
  PLM_BLOB_MISSING: 3,
  PLM_BLOB_DIGEST: 3,
  PLM_LAYER_DIFFID: 3,
  PLM_LAYER_DAMAGED: 3,
  PLM_LIMIT: 3,
  PLM_SBOM_INVALID: 3,
  PLM_REPORT_INVALID: 3,
  PLM_FEED_INVALID: 3,
  PLM_FETCH_FAILED: 3,
  PLM_ARCHIVE_DAMAGED: 3,
  PLM_ARCHIVE_NOT_FOUND: 3,
  PLM_ARCHIVE_BUSY: 3,
  PLM_ARCHIVE_READ_ONLY: 3,
  PLM_ARCHIVE_VERSION: 3,
  // advisory bundle missing, stale, expired or untrusted: exit 4
  PLM_BUNDLE_MISSING: 4,
  PLM_BUNDLE_FORMAT: 4,
  PLM_BUNDLE_TRUNCATED: 4,
  PLM_BUNDLE_TRAILING: 4,
  PLM_BUNDLE_DIGEST: 4,
  PLM_BUNDLE_CANONICAL: 4,
  PLM_BUNDLE_UNSIGNED: 4,
  PLM_BUNDLE_SIGNATURE: 4,
  PLM_BUNDLE_THRESHOLD: 4,
  PLM_BUNDLE_ROOT: 4,
  PLM_BUNDLE_ROOT_EXPIRED: 4,
  PLM_BUNDLE_REVOKED: 4,
  PLM_BUNDLE_CHANNEL: 4,
  PLM_BUNDLE_ROLLBACK: 4,
  PLM_BUNDLE_EQUIVOCATION: 4,
  PLM_BUNDLE_FUTURE: 4,
  PLM_BUNDLE_EXPIRED: 4,
  PLM_BUNDLE_CRITICAL: 4,
  PLM_BUNDLE_READER: 4,
  PLM_BUNDLE_INDEX: 4,
  PLM_BUNDLE_COUNTS: 4,
  PLM_BUNDLE_DROP: 4,
  PLM_BUNDLE_CANARY: 4,
  PLM_BUNDLE_BASE: 4,
  PLM_BUNDLE_SOURCE_CHANGED: 4,
  PLM_BUNDLE_STORE: 4,
  PLM_BUNDLE_LOCKED: 4,
  PLM_TRUST_KEY: 4,
  PLM_TRUST_ROOT: 4,
  // signature of the image refused: exit 5
  PLM_IMAGE_UNSIGNED: 5,
  PLM_IMAGE_SIGNATURE: 5,
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** A failure a user can reach: code, the path it is about, and what to do next. Anything else that throws is a defect. */
export class PlimsollError extends Error {
  override readonly name = 'PlimsollError';
  readonly code: ErrorCode;
  readonly path: string | undefined;
  readonly hint: string | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { readonly path?: string | undefined; readonly hint?: string | undefined; readonly cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.path = options.path;
    this.hint = options.hint;
  }
}

/**
 * What was thrown while a file was read; a failure that names no path gets that of the file, and `hintFor` its code where
 * it has none. Readers of bytes do not know what the file is called.
 */
export function aboutFile(
  error: unknown,
  path: string,
  hintFor: (code: ErrorCode) => string | undefined = () => undefined,
): unknown {
  if (!(error instanceof PlimsollError) || (error.path !== undefined && error.hint !== undefined)) return error;
  const { code, message, cause } = error;
  return new PlimsollError(code, message, { path: error.path ?? path, hint: error.hint ?? hintFor(code), cause });
}

/** The exit code a failure ends the program with (design section 4.2). */
export function exitCodeOfError(code: ErrorCode): number {
  return ERROR_CODES[code];
}

/** The code of a Node system error (`ENOENT`, …), or undefined for anything else that was thrown, a {@link PlimsollError} too. */
export function systemErrorCode(error: unknown): string | undefined {
  if (error instanceof PlimsollError) return undefined;
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Whether a text is one of the codes. */
export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERROR_CODES, text);
}
