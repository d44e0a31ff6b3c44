import { parse } from 'yaml';
import { type ErrorCode, PlimsollError } from '../errors.ts';

/**
 * The value of a YAML 1.2 document (https://yaml.org/spec/1.2.2/); dates stay text. Aliases are refused: they are how a
 * small file becomes a large one. Throws `code` for what cannot be read, too deep nesting included.
 */
export function parseYaml(text: string, path: string, code: ErrorCode): unknown {
  try {
    return parse(text, { maxAliasCount: 0, uniqueKeys: true });
  } catch (cause) {
    const [reason = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    throw new PlimsollError(code, `the file cannot be read as YAML: ${reason}`, { path, cause });
  }
}
