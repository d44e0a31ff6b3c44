import { readFileSync, statSync } from 'node:fs';
import { PlimsollError } from '../errors.ts';
import { DEFAULT_LIMITS } from '../limits.ts';

/** A configuration file as text, within its limit. */
export function readText(
  path: string,
  code:
    | 'PLM_POLICY_INVALID'
    | 'PLM_IGNORE_INVALID'
    | 'PLM_VEX_INVALID'
    | 'PLM_REPORT_INVALID'
    | 'PLM_RULES_INVALID'
    | 'PLM_USAGE',
  limit: number = DEFAULT_LIMITS.configBytes,
): string {
  try {
    if (statSync(path).size > limit) throw new PlimsollError(code, `the file is larger than ${limit} bytes`, { path });
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof PlimsollError) throw cause;
    throw new PlimsollError(code, 'the file cannot be read', { path, cause });
  }
}

/** A JSON report written earlier, as text. Throws PLM_REPORT_INVALID. */
export function readReportText(path: string): string {
  return readText(path, 'PLM_REPORT_INVALID', DEFAULT_LIMITS.sbomBytes);
}
