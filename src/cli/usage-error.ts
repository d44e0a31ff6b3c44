/** A command line that cannot be run: told in one line, exit code 2. */
export function usageError(message: string): Error {
  return Object.assign(new Error(message), { usage: true });
}
