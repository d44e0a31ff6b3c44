import { SECRET_VERDICTS, type SecretVerdict } from '../model/secret.ts';
import { SEVERITIES, type Severity } from '../model/severity.ts';
import type { Gate } from './gates/policy.ts';

/** Gates that options ask for without a policy file. */
export interface SimpleGateOptions {
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
}

/** The gates of the options, in a fixed order. */
export function simpleGates(options: SimpleGateOptions): readonly Gate[] {
  const gates: Gate[] = [];
  const fail = { action: 'fail', max: 0 } as const;
  if (options.failOn !== undefined) {
    gates.push({
      id: 'fail-on',
      on: 'vulnerability',
      ...fail,
      when: { severities: atLeast(options.failOn) },
      message: `severity ${options.failOn} or worse`,
    });
  }
  if (options.failOnSecrets !== undefined) {
    const verdicts = new Set(SECRET_VERDICTS.slice(0, SECRET_VERDICTS.indexOf(options.failOnSecrets) + 1));
    gates.push({
      id: 'fail-on-secrets',
      on: 'secret',
      ...fail,
      when: { verdicts },
      message: `secrets at least ${options.failOnSecrets}`,
    });
  }
  if (options.failOnChecks !== undefined) {
    const message = `image checks of severity ${options.failOnChecks} or worse`;
    gates.push({
      id: 'fail-on-checks',
      on: 'misconfiguration',
      ...fail,
      when: { severities: atLeast(options.failOnChecks) },
      message,
    });
  }
  if (options.failOnEndOfLife === true) {
    gates.push({
      id: 'end-of-life',
      on: 'image',
      ...fail,
      when: { osEndOfLife: true },
      message: 'the distro is past its end of life',
    });
  }
  if (options.maxDatabaseAgeDays !== undefined) {
    const ageDays = { operator: '>', value: options.maxDatabaseAgeDays } as const;
    gates.push({
      id: 'max-db-age',
      on: 'database',
      ...fail,
      when: { ageDays },
      message: `advisory data older than ${options.maxDatabaseAgeDays} days`,
    });
  }
  if (gates.length > 0) {
    gates.push({
      id: 'database-expired',
      on: 'database',
      ...fail,
      when: { expired: true },
      message: 'the advisory bundle has expired',
    });
  }
  return gates;
}

function atLeast(severity: Severity): ReadonlySet<Severity> {
  return new Set(SEVERITIES.slice(0, SEVERITIES.indexOf(severity) + 1));
}
