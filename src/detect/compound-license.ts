import { normalizeLicense, spdxExpression } from './licenses.ts';

/**
 * A licence field of a distro package: names joined by `and` and `or` in any letter case, as Fedora and Debian wrote them
 * before SPDX. Translated only where every name is surely an SPDX one and no brackets or commas group them; else as
 * normalizeLicense has it.
 */
export function normalizeCompound(declared: string): string {
  const whole = normalizeLicense(declared);
  if (spdxExpression(whole) !== undefined || /[(),;]/.test(declared) || declared.length > 400) return whole;
  const parts = declared.trim().split(/\s+(and|or)\s+/i);
  if (parts.length < 3) return whole;
  const translated = parts.map((part, index) => (index % 2 === 1 ? part.toUpperCase() : spdxExpression(part)));
  return translated.every((part) => part !== undefined) ? translated.join(' ') : whole;
}
