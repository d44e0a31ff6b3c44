import { counted } from '../model/counted.ts';
import { SECRET_VERDICTS, type SecretVerdict } from '../model/secret.ts';
import { SEVERITIES, type Severity } from '../model/severity.ts';
import { COVERAGE_GATE, STARTER_GATE } from './gates/implied-gates.ts';
import type { Gate } from './gates/policy.ts';

/** Gates that options ask for without a policy file. */
export interface SimpleGateOptions {
  /** The analysis has what an earlier image had marked as known: gates on findings are named and worded so. */
  readonly onlyNew?: boolean;
  /** `--fail-on`: vulnerabilities at least this bad. */
  readonly failOn?: Severity;
  /** `--fail-on-secrets`: secrets at least this sure. */
  readonly failOnSecrets?: SecretVerdict;
  /** `--fail-on-checks`: image checks at least this bad. */
  readonly failOnChecks?: Severity;
  /** `--max-db-age`: days since the oldest source of the bundle was captured. */
  readonly maxDatabaseAgeDays?: number;
  /** `--exit-on-eol`: the distro is past its end of life. */
  readonly failOnEndOfLife?: boolean;
  /** `--require-coverage`: packages without advisories, or a starter set instead of a database. */
  readonly requireCoverage?: boolean;
}

/** The gates of the options, in a fixed order. */
export function simpleGates(options: SimpleGateOptions): readonly Gate[] {
  return [...findingGates(options), ...surroundingGates(options)];
}

const FAIL = { action: 'fail', max: 0 } as const;

function findingGates({ onlyNew, failOn, failOnSecrets, failOnChecks }: SimpleGateOptions): readonly Gate[] {
  const gates: Gate[] = [];
  const [id, scope] = onlyNew === true ? ['fail-on-new', 'new, '] : ['fail-on', ''];
  if (failOn !== undefined) {
    const message = `${scope}severity ${failOn} or worse`;
    gates.push({ ...FAIL, id, on: 'vulnerability', when: { severities: atLeast(failOn) }, message });
  }
  if (failOnSecrets !== undefined) {
    const verdicts = new Set(SECRET_VERDICTS.slice(0, SECRET_VERDICTS.indexOf(failOnSecrets) + 1));
    const message = `${scope}secrets at least ${failOnSecrets}`;
    gates.push({ ...FAIL, id: `${id}-secrets`, on: 'secret', when: { verdicts }, message });
  }
  if (failOnChecks !== undefined) {
    const when = { severities: atLeast(failOnChecks) };
    const message = `${scope}image checks of severity ${failOnChecks} or worse`;
    gates.push({ ...FAIL, id: `${id}-checks`, on: 'misconfiguration', when, message });
  }
  return gates;
}

/** Gates on what the findings depend on: the distro and the advisory data. */
function surroundingGates({
  failOnEndOfLife,
  maxDatabaseAgeDays,
  requireCoverage,
}: SimpleGateOptions): readonly Gate[] {
  const gates: Gate[] = [];
  if (failOnEndOfLife === true) {
    const message = 'the distro is past its end of life';
    gates.push({ ...FAIL, id: 'end-of-life', on: 'image', when: { osEndOfLife: true }, message });
  }
  if (maxDatabaseAgeDays !== undefined) {
    const when = { ageDays: { operator: '>', value: maxDatabaseAgeDays } } as const;
    const message = `advisory data older than ${counted(maxDatabaseAgeDays, 'day')}`;
    gates.push({ ...FAIL, id: 'max-db-age', on: 'database', when, message });
  }
  if (requireCoverage === true) {
    gates.push({ ...COVERAGE_GATE, action: 'fail' }, { ...STARTER_GATE, action: 'fail' });
  }
  return gates;
}

function atLeast(severity: Severity): ReadonlySet<Severity> {
  return new Set(SEVERITIES.slice(0, SEVERITIES.indexOf(severity) + 1));
}
