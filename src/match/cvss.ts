import cvss from 'ae-cvss-calculator';
import type { Advisory } from '../model/advisory.ts';
import type { Vulnerability } from '../model/finding.ts';
import type { Severity } from '../model/severity.ts';

export type CvssScore = NonNullable<Vulnerability['cvss']>[number];

interface Calculator {
  calculateScores(): { readonly base: number | undefined; readonly overall: number };
}

/** By the prefix of the vector; version 2 has none. */
const CALCULATORS: readonly {
  readonly version: CvssScore['version'];
  readonly prefix: string;
  readonly read: (vector: string) => Calculator;
}[] = [
  { version: '4.0', prefix: 'CVSS:4.0/', read: (vector) => new cvss.Cvss4P0(vector) },
  { version: '3.1', prefix: 'CVSS:3.1/', read: (vector) => new cvss.Cvss3P1(vector) },
  { version: '3.0', prefix: 'CVSS:3.0/', read: (vector) => new cvss.Cvss3P0(vector) },
  { version: '2.0', prefix: '', read: (vector) => new cvss.Cvss2(vector) },
];

const scored = new Map<string, Omit<CvssScore, 'source'> | undefined>();

/** The base score of a vector of CVSS 2.0 to 4.0, or undefined where it is none or lacks a base metric. */
export function scoreVector(
  { type, score: text }: Advisory['severity'][number],
  source: string,
): CvssScore | undefined {
  if (type === 'Ubuntu') return undefined;
  const vector = text.replace(/^\(|\)$/g, '');
  if (!scored.has(vector)) scored.set(vector, calculate(vector));
  const score = scored.get(vector);
  return score === undefined ? undefined : { ...score, source };
}

function calculate(vector: string): Omit<CvssScore, 'source'> | undefined {
  const calculator = CALCULATORS.find(({ prefix }) => vector.startsWith(prefix));
  if (calculator === undefined || vector.length > 512) return undefined;
  try {
    const { base } = calculator.read(vector).calculateScores();
    return base === undefined || Number.isNaN(base) ? undefined : { version: calculator.version, vector, score: base };
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** Severity of a score by the qualitative scale of CVSS 3 and 4; version 2 is read on the same scale, as NVD does. */
export function severityOfScore({ score, version }: Pick<CvssScore, 'score' | 'version'>): Severity {
  if (score >= 9 && version !== '2.0') return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : 'negligible';
}
