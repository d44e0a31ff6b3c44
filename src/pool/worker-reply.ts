import { isErrorCode, PlimsollError } from '../errors.ts';
/** What a worker answers. Errors lose their class between threads, so a PlimsollError crosses as data. */
export type WorkerReply<Result> = { readonly result: Result } | { readonly failure: Failure };

export interface Failure {
  readonly code: string | undefined;
  readonly message: string;
  readonly path: string | undefined;
  readonly hint: string | undefined;
  readonly stack: string | undefined;
}

/** A thrown error as data. */
export function toFailure(error: unknown): Failure {
  if (error instanceof PlimsollError) {
    return { code: error.code, message: error.message, path: error.path, hint: error.hint, stack: error.stack };
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: undefined,
    message,
    path: undefined,
    hint: undefined,
    stack: error instanceof Error ? error.stack : undefined,
  };
}

/** The error behind a failure, thrown again on the calling thread. */
export function fromFailure(failure: Failure): Error {
  if (failure.code !== undefined && isErrorCode(failure.code)) {
    return new PlimsollError(failure.code, failure.message, { path: failure.path, hint: failure.hint });
  }
  const error = new Error(failure.message);
  if (failure.stack !== undefined) error.stack = failure.stack;
  return error;
}
