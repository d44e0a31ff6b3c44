import type { Analysis, GateResult } from '../model/analysis.ts';
import { platformName } from '../report/describe.ts';
import { printable } from './printable.ts';
import type { Output } from './write-outputs.ts';

interface Stderr {
  write(text: string): unknown;
}

/** Names the gates of a run that failed or warned, unless the table on stdout says it already. */
export function reportGates(analyses: readonly Analysis[], outputs: readonly Output[], stderr: Stderr): void {
  if (outputs.some(({ file, format }) => file === undefined && format.id === 'table')) return;
  for (const { image, policy } of analyses) {
    nameTrippedGates(policy.gates, stderr, analyses.length > 1 ? ` (${platformName(image)})` : '');
  }
}

/** One line for each gate that failed or warned, with its count: an exit code alone tells nobody why. */
export function nameTrippedGates(gates: readonly GateResult[], stderr: Stderr, of = ''): void {
  for (const { id, action, passed, message } of gates) {
    if (passed || action === 'info') continue;
    const word = action === 'fail' ? 'failed' : 'warning';
    stderr.write(`${word}: ${printable(`gate ${id}${of}: ${message}`)}\n`);
  }
}
