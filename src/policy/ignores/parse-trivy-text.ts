import { lines } from '../../bytes/lines.ts';
import { PlimsollError } from '../../errors.ts';
import { compileGlob } from '../glob.ts';
import { type IgnoreRule, parseDay } from './ignore-rule.ts';

/**
 * `.trivyignore`: one id a line, `#` comments, `exp:YYYY-MM-DD` in any later field
 * (https://trivy.dev/docs/latest/guide/configuration/filtering/). A date that is none is an error here, where trivy
 * drops the rule with a warning.
 */
export function parseTrivyText(text: string, path: string): readonly IgnoreRule[] {
  const rules: IgnoreRule[] = [];
  let number = 0;
  for (const line of lines(text)) {
    number += 1;
    const [id, ...rest] = line.split('#')[0]?.trim().split(/\s+/) ?? [];
    if (id === undefined || id === '') continue;
    const origin = `${path.slice(path.lastIndexOf('/') + 1)}:${number}`;
    const wanted = compileGlob(withoutPrefix(id), 'name');
    if (wanted === undefined) throw new PlimsollError('PLM_IGNORE_INVALID', `line ${number} is no id`, { path });
    const comment = line.includes('#') ? line.slice(line.indexOf('#') + 1).trim() : '';
    rules.push({
      origin,
      id: wanted,
      untilFix: false,
      reason: comment === '' ? 'listed in the ignore file' : comment,
      ...expiry(rest, path, number),
    });
  }
  return rules;
}

function expiry(fields: readonly string[], path: string, line: number): { readonly expires?: string } {
  const field = fields.find((candidate) => candidate.startsWith('exp:'));
  if (field === undefined) return {};
  const expires = parseDay(field.slice('exp:'.length));
  if (expires === undefined) {
    throw new PlimsollError('PLM_IGNORE_INVALID', `line ${line}: "${field}" holds no date`, {
      path,
      hint: 'write exp:YYYY-MM-DD',
    });
  }
  return { expires };
}

/** Older releases of trivy write `AVD-DS-0002` where newer ones write `DS-0002`. */
export function withoutPrefix(id: string): string {
  return id.startsWith('AVD-') ? id.slice('AVD-'.length) : id;
}
