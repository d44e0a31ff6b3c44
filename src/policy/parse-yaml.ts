import { yaml } from '../bytes/yaml.ts';
import { type ErrorCode, PlimsollError } from '../errors.ts';

/**
 * The value of a YAML 1.2 document (https://yaml.org/spec/1.2.2/); dates stay text. Aliases are refused: they are how a
 * small file becomes a large one; so are tags of unknown meaning. Throws `code` for what cannot be read, too deep
 * nesting included.
 */
export function parseYaml(text: string, path: string, code: ErrorCode): unknown {
  try {
    const document = yaml().parseDocument(text, { uniqueKeys: true });
    const fault = document.errors[0] ?? document.warnings[0];
    if (fault !== undefined) throw fault;
    const value: unknown = document.toJS({ maxAliasCount: 0 });
    return value;
  } catch (cause) {
    const [reason = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    throw new PlimsollError(code, `the file cannot be read as YAML: ${reason}`, { path, cause });
  }
}
