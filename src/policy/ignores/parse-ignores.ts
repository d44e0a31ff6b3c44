import { isRecord } from '../../bytes/json.ts';
import { PlimsollError } from '../../errors.ts';
import { parseYaml } from '../parse-yaml.ts';
import type { ParsedIgnores } from './ignore-rule.ts';
import { parseGrypeIgnores } from './parse-grype-ignores.ts';
import { parsePlimsollIgnores } from './parse-plimsoll-ignores.ts';
import { parseTrivyText } from './parse-trivy-text.ts';
import { parseTrivyYaml } from './parse-trivy-yaml.ts';

const TRIVY_KEYS = ['vulnerabilities', 'misconfigurations', 'secrets', 'licenses'];

/**
 * Reads an ignore file; the grammar is found by content: `ignores:` is ours, `ignore:` grype's, `vulnerabilities:` and
 * its siblings trivy's, anything but YAML trivy's list of ids. Throws PLM_IGNORE_INVALID with the place.
 */
export function parseIgnores(text: string, path: string): ParsedIgnores {
  if (!/\.ya?ml$/.test(path)) return { rules: parseTrivyText(text, path), problems: [] };
  const document = parseYaml(text, path, 'PLM_IGNORE_INVALID');
  if (document === null || document === undefined) return { rules: [], problems: [] };
  if (isRecord(document)) {
    if (Object.hasOwn(document, 'ignores')) return { rules: parsePlimsollIgnores(document, path), problems: [] };
    if (Array.isArray(document['ignore'])) return parseGrypeIgnores(document, path);
    if (TRIVY_KEYS.some((key) => Object.hasOwn(document, key)))
      return { rules: parseTrivyYaml(document, path), problems: [] };
  }
  throw new PlimsollError('PLM_IGNORE_INVALID', 'the file has no list of ignore rules', {
    path,
    hint: 'write "ignores:" with rules of id, reason, owner and expires',
  });
}
