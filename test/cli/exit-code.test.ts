import { expect, it } from 'vitest';
import { exitCodeOf } from '../../src/cli/run-analysis.ts';
import type { GateResult } from '../../src/model/analysis.ts';
import { analysisFixture } from '../support/analysis-fixture.ts';

function codeFor(...gates: readonly Partial<GateResult>[]): number {
  const whole = gates.map(
    (gate) => ({ id: 'gate', action: 'fail', passed: false, message: '', findings: [], ...gate }) as const,
  );
  return exitCodeOf([{ ...analysisFixture(), policy: { verdict: 'fail', gates: whole } }]);
}

it('passes without gates', () => expect(codeFor()).toBe(0));
it('passes gates that only warn', () => expect(codeFor({ action: 'warn' })).toBe(0));
it('ends with 1 for a failed gate', () => expect(codeFor({ subject: 'vulnerability' })).toBe(1));
it('ends with 4 where only the database failed', () => expect(codeFor({ subject: 'database' })).toBe(4));
it('ends with 1 where the database failed beside another gate', () =>
  expect(codeFor({ subject: 'database' }, { subject: 'secret' })).toBe(1));
