import { readFileSync, statSync } from 'node:fs';
import { PlimsollError, systemErrorCode } from '../errors.ts';
import { DEFAULT_LIMITS, REPORT_BYTES } from '../limits.ts';

/** What a file is to the user, and how one comes to have one. */
const KINDS = {
  PLM_CONFIG_INVALID: { name: 'settings file', hint: 'plimsoll config show tells which settings are in force' },
  PLM_POLICY_INVALID: { name: 'policy file', hint: 'docs/policy.md shows how one is written' },
  PLM_IGNORE_INVALID: { name: 'ignore file', hint: 'plimsoll ignore add writes one' },
  PLM_VEX_INVALID: { name: 'VEX file', hint: 'OpenVEX, CSAF and CycloneDX are read' },
  PLM_REPORT_INVALID: { name: 'report', hint: 'write one with: plimsoll scan IMAGE -o json=FILE, or archive export' },
  PLM_RULES_INVALID: { name: 'rule file', hint: 'docs/secrets.md shows how one is written' },
  PLM_TEMPLATE_INVALID: { name: 'template', hint: 'docs/reports.md tells what a template may hold' },
  PLM_USAGE: { name: 'file', hint: 'check the path' },
} as const;

/** A configuration file as text, within its limit. Throws `code`, with what keeps it from being read. */
export function readText(path: string, code: keyof typeof KINDS, limit: number = DEFAULT_LIMITS.configBytes): string {
  const { name, hint } = KINDS[code];
  try {
    const status = statSync(path);
    if (status.isDirectory()) throw new PlimsollError(code, `a folder is no ${name}`, { path, hint });
    if (status.size > limit) {
      throw new PlimsollError(code, `the ${name} has ${status.size} bytes, ${limit} are read`, { path, hint });
    }
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof PlimsollError) throw cause;
    const reason = systemErrorCode(cause);
    const message = reason === 'ENOENT' ? `there is no such ${name}` : `the ${name} cannot be read (${reason})`;
    throw new PlimsollError(code, message, { path, hint, cause });
  }
}

/** A JSON report written earlier, as text. Throws PLM_REPORT_INVALID. */
export function readReportText(path: string): string {
  return readText(path, 'PLM_REPORT_INVALID', REPORT_BYTES);
}
