import type { Arguments } from 'yargs';
import { PlimsollError } from '../errors.ts';

/** A string option, or undefined where it was not given. */
export function stringOf(args: Arguments, name: string): string | undefined {
  const value = args[name];
  if (value === undefined) return undefined;
  if (Array.isArray(value)) throw new PlimsollError('PLM_USAGE', `--${name} was given twice`);
  return String(value);
}

/** A repeatable option as a list. */
export function stringsOf(args: Arguments, name: string): readonly string[] {
  const value = args[name];
  if (value === undefined) return [];
  return Array.isArray(value) ? value.map(String) : [String(value)];
}

/** A switch; false where it was not given. */
export function flagOf(args: Arguments, name: string): boolean {
  return args[name] === true;
}
