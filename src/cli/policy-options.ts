import { existsSync } from 'node:fs';
import type { Arguments, Argv } from 'yargs';
import { PlimsollError } from '../errors.ts';
import type { Problem } from '../model/problem.ts';
import { SECRET_VERDICTS, type SecretVerdict } from '../model/secret.ts';
import { parseSeverity, SEVERITIES, type Severity } from '../model/severity.ts';
import type { PolicyOptions } from '../policy/apply-policy.ts';
import { parseBaseline } from '../policy/baseline.ts';
import type { Policy } from '../policy/gates/policy.ts';
import { parseIgnores } from '../policy/ignores/parse-ignores.ts';
import { parseVex } from '../policy/vex/parse-vex.ts';
import { flagOf, stringOf, stringsOf } from './arguments.ts';
import { readReportText, readText } from './read-text.ts';
import { scannersOf } from './scan-options.ts';

/** Ignore files that are read from the working directory without being named. */
const DEFAULT_IGNORE_FILES = ['plimsoll-ignore.yaml', '.trivyignore'];

/** Options that decide over the verdict on everything that can be found. */
export function policyOptions(argv: Argv): Argv {
  return surroundingOptions(secretPolicyOptions(argv))
    .option('fail-on', {
      type: 'string',
      describe: `exit 1 on a vulnerability at least this severe: ${SEVERITIES.join(', ')}`,
    })
    .option('fail-on-checks', { type: 'string', describe: 'exit 1 on a failed image check at least this severe' });
}

/** The same for a comparison, whose gates count what the second image brings. */
export function newcomerPolicyOptions(argv: Argv): Argv {
  return surroundingOptions(ruleOptions(argv))
    .option('fail-on-new', {
      type: 'string',
      describe: `exit 1 on a vulnerability at least this severe that BEFORE does not have: ${SEVERITIES.join(', ')}`,
    })
    .option('fail-on-new-secrets', {
      type: 'string',
      describe: `exit 1 on a secret at least this sure that BEFORE does not have: ${SECRET_VERDICTS.join(', ')}`,
    })
    .option('fail-on-new-checks', {
      type: 'string',
      describe: 'exit 1 on a failed image check at least this severe that BEFORE passes',
    });
}

function surroundingOptions(argv: Argv): Argv {
  return argv
    .option('exit-on-eol', { type: 'boolean', describe: 'exit 1 where the distro is past its end of life' })
    .option('max-db-age', { type: 'string', describe: 'exit 4 where a source of the bundle is older, as 7d' })
    .option('require-coverage', {
      type: 'boolean',
      describe:
        'exit 4 where packages could not be judged for want of advisories (else a gate on vulnerabilities warns)',
    })
    .option('severity', { type: 'string', describe: 'comma list of severities to report; the others are suppressed' })
    .option('ignore-unfixed', { type: 'boolean', describe: 'suppress findings without a fixed version' })
    .option('count-not-linked', {
      type: 'boolean',
      describe: 'count flaws of Go modules also where the linker left their functions out of the program',
    })
    .option('vex', { type: 'string', array: true, describe: 'OpenVEX, CSAF or CycloneDX VEX file, repeatable' });
}

/** Options that decide over the verdict where only secrets are looked for: others would fail for want of an answer. */
export function secretPolicyOptions(argv: Argv): Argv {
  return ruleOptions(argv)
    .option('fail-on-secrets', {
      type: 'string',
      describe: `exit 1 on a secret of any layer at least this sure: ${SECRET_VERDICTS.join(', ')}`,
    })
    .option('baseline', { type: 'string', describe: 'earlier JSON report: gates count only what is new' });
}

function ruleOptions(argv: Argv): Argv {
  return argv.option('policy', { type: 'string', describe: 'policy file (see docs/policy.md)' }).option('ignorefile', {
    type: 'string',
    array: true,
    describe: `ignore file, repeatable (default ${DEFAULT_IGNORE_FILES.join(' and ')} where present)`,
  });
}

/** Everything a verdict depends on beside the image; `gate` is what its gates on findings are called. Throws before any image is opened. */
export async function policyOptionsOf(
  args: Arguments,
  gate: 'fail-on' | 'fail-on-new' = 'fail-on',
): Promise<{ readonly options: PolicyOptions; readonly problems: readonly Problem[] }> {
  const failOn = severityOf(args, gate);
  const failOnChecks = severityOf(args, `${gate}-checks`);
  const failOnSecrets = verdictOf(args, `${gate}-secrets`);
  const maxDatabaseAgeDays = daysOf(args);
  const severities = stringOf(args, 'severity')
    ?.split(',')
    .map((word) => knownSeverity(word.trim(), 'severity'));
  const policy = stringOf(args, 'policy');
  const baseline = stringOf(args, 'baseline');
  const ignoreFiles =
    args['ignorefile'] === undefined
      ? DEFAULT_IGNORE_FILES.filter((path) => existsSync(path))
      : stringsOf(args, 'ignorefile');
  const ignores = ignoreFiles.map((path) => parseIgnores(readText(path, 'PLM_IGNORE_INVALID'), path));
  const vex = stringsOf(args, 'vex').map((path) => parseVex(readText(path, 'PLM_VEX_INVALID'), path));
  const options: PolicyOptions = {
    onlyNew: gate === 'fail-on-new',
    ...(failOn === undefined ? {} : { failOn }),
    ...(failOnChecks === undefined ? {} : { failOnChecks }),
    ...(failOnSecrets === undefined ? {} : { failOnSecrets }),
    ...(maxDatabaseAgeDays === undefined ? {} : { maxDatabaseAgeDays }),
    failOnEndOfLife: flagOf(args, 'exit-on-eol'),
    requireCoverage: flagOf(args, 'require-coverage'),
    ...(severities === undefined ? {} : { severities }),
    ignoreUnfixed: flagOf(args, 'ignore-unfixed'),
    countNotLinked: flagOf(args, 'count-not-linked'),
    history: flagOf(args, 'history'),
    ...(policy === undefined ? {} : { policy: await readPolicy(policy) }),
    ...(baseline === undefined ? {} : { baseline: parseBaseline(readReportText(baseline), baseline) }),
    ignores: ignores.flatMap((file) => file.rules),
    vex: vex.flatMap((file) => file.statements),
  };
  return { options, problems: [...ignores, ...vex].flatMap((file) => file.problems) };
}

/** A gate asked for by name that the same call leaves no data for is a mistake, and must not end as a warning. Throws PLM_USAGE. */
export function assertAnswerable(args: Arguments): void {
  const scanners = scannersOf(args);
  for (const [scanner, what, gates] of NEEDED) {
    const asked = gates.find((name) => args[name] !== undefined && args[name] !== false);
    if (asked === undefined || scanners.has(scanner)) continue;
    throw new PlimsollError('PLM_USAGE', `--${asked} needs ${what}, and --scanners leaves them out`, {
      hint: `add ${scanner} to --scanners, or leave the option out`,
    });
  }
}

const NEEDED = [
  ['vuln', 'advisories', ['fail-on', 'fail-on-new', 'exit-on-eol', 'max-db-age', 'require-coverage']],
  ['secret', 'secrets', ['fail-on-secrets', 'fail-on-new-secrets']],
  ['config', 'image checks', ['fail-on-checks', 'fail-on-new-checks', 'verify-files', 'known-bad']],
  ['file', 'files', ['verify-files', 'known-bad']],
] as const;

/** The parsers of schemas and expressions are loaded only where there is a policy file. */
async function readPolicy(path: string): Promise<Policy> {
  const { parsePolicy } = await import('../policy/gates/parse-policy.ts');
  return parsePolicy(readText(path, 'PLM_POLICY_INVALID'), path);
}

function severityOf(args: Arguments, option: string): Severity | undefined {
  const text = stringOf(args, option);
  return text === undefined ? undefined : knownSeverity(text, option);
}

function knownSeverity(text: string, option: string): Severity {
  const severity = parseSeverity(text);
  if (severity !== undefined) return severity;
  throw new PlimsollError('PLM_USAGE', `--${option}: "${text}" is no severity`, {
    hint: `known: ${SEVERITIES.join(', ')}`,
  });
}

function verdictOf(args: Arguments, option: string): SecretVerdict | undefined {
  const text = stringOf(args, option);
  if (text === undefined) return undefined;
  const verdict = SECRET_VERDICTS.find((known) => known === text.toLowerCase());
  if (verdict !== undefined) return verdict;
  throw new PlimsollError('PLM_USAGE', `--${option}: "${text}" is no verdict`, {
    hint: `known: ${SECRET_VERDICTS.join(', ')}`,
  });
}

function daysOf(args: Arguments): number | undefined {
  const text = stringOf(args, 'max-db-age');
  if (text === undefined) return undefined;
  const days = /^(\d{1,5})d?$/.exec(text)?.[1];
  if (days === undefined)
    throw new PlimsollError('PLM_USAGE', `--max-db-age: "${text}" is no age`, { hint: 'write days, as 7d' });
  return Number(days);
}
