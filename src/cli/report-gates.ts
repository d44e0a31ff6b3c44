import type { Analysis } from '../model/analysis.ts';
import { platformName } from '../report/describe.ts';
import { printable } from './printable.ts';
import type { Output } from './write-outputs.ts';

/**
 * Names on stderr each gate that failed or warned, with its count: an exit code alone tells nobody why. The table on
 * stdout says it already.
 */
export function reportGates(
  analyses: readonly Analysis[],
  outputs: readonly Output[],
  stderr: { write(text: string): unknown },
): void {
  if (outputs.some(({ file, format }) => file === undefined && format.id === 'table')) return;
  for (const { image, policy } of analyses) {
    const of = analyses.length > 1 ? ` (${platformName(image)})` : '';
    for (const { id, action, passed, message } of policy.gates) {
      if (passed || action === 'info') continue;
      const word = action === 'fail' ? 'failed' : 'warning';
      stderr.write(`${word}: ${printable(`gate ${id}${of}: ${message}`)}\n`);
    }
  }
}
