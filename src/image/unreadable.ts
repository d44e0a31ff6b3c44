import { PlimsollError, systemErrorCode } from '../errors.ts';

/** The refusal of an input that the system does not let us read. */
export function unreadable(location: string, cause: unknown): PlimsollError {
  return new PlimsollError('PLM_INPUT_UNREADABLE', `the input cannot be read (${systemErrorCode(cause)})`, {
    path: location,
    hint: 'check its permissions',
    cause,
  });
}
