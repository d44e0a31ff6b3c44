/** Severity of a finding, worst first. `unknown` never passes a gate as if it were low. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'negligible', 'unknown'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Position in the order of SEVERITIES: smaller is worse. */
export function severityRank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

/** The severity a text names in any letter case, or undefined. */
export function parseSeverity(text: string): Severity | undefined {
  const wanted = text.toLowerCase();
  return SEVERITIES.find((severity) => severity === wanted);
}
