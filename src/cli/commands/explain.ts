import { existsSync } from 'node:fs';
import { type JsonRecord, recordField, textField } from '../../bytes/json.ts';
import { PlimsollError } from '../../errors.ts';
import type { CliCommand } from '../command.ts';
import { explainCheck } from '../explain/explain-check.ts';
import { explainFinding } from '../explain/explain-finding.ts';
import { explainPackage } from '../explain/explain-package.ts';
import { explainPath } from '../explain/explain-path.ts';
import { explainSecret } from '../explain/explain-secret.ts';
import { liesAt } from '../explain/lies-at.ts';
import { suppressedLine } from '../explain/place-lines.ts';
import {
  checksNamed,
  findingsNamed,
  indexReport,
  packagesNamed,
  type ReportIndex,
  secretsNamed,
} from '../explain/report-index.ts';
import { printable } from '../printable.ts';
import { readReportText } from '../read-text.ts';

export const command: CliCommand = {
  name: 'explain',
  summary: 'Say in words why a report holds a finding or a package, and what to do about it',
  usage: 'explain FINDING REPORT [options]',
  options: (argv) =>
    argv
      .option('package', { type: 'string', describe: 'only on this package: id, purl, name or NAME@VERSION' })
      .demandCommand(2, 2, 'name a finding or a package, and a report', 'name one finding and one report'),
  run: async (args) => {
    const [name = '', path = ''] = args._.map(String);
    const packageName = typeof args['package'] === 'string' ? args['package'] : undefined;
    if (!existsSync(path) && existsSync(name)) {
      throw new PlimsollError('PLM_USAGE', 'the finding comes first, then the report', {
        path: name,
        hint: `plimsoll explain ${path} ${name}`,
      });
    }
    const report = indexReport(readReportText(path), path);
    const texts = [
      ...countedFirst(findingsNamed(report, name, packageName)).map((finding) => explainFinding(finding, report)),
      ...(packageName === undefined ? explainOthers(report, name) : []),
    ].map((lines) => lines.map(printable).join('\n'));
    if (texts.length === 0) {
      const message =
        packageName === undefined
          ? `the report holds no finding or package "${name}"`
          : `the report holds no vulnerability "${name}" of a package "${packageName}"`;
      throw new PlimsollError('PLM_NOT_FOUND', message, {
        path,
        hint: 'vulnerabilities are found by id, alias or advisory id (--package narrows by package), secrets by fingerprint or rule, image checks by number, packages by NAME, NAME@VERSION or purl; a path names the secrets, checks and packages in it',
      });
    }
    process.stdout.write(`${texts.join('\n\n----\n\n')}\n`);
    return 0;
  },
};

function explainOthers(report: ReportIndex, name: string): readonly (readonly string[])[] {
  const checks = Map.groupBy(
    countedFirst(checksNamed(report, name)),
    (check) => `${textField(check, 'id')} ${suppressedLine(check).join('')}`,
  );
  return [
    ...countedFirst(secretsNamed(report, name)).map((secret) => explainSecret(secret, report)),
    ...[...checks.values()].map((places) => explainCheck(places, report)),
    ...explainPackages(report, name),
  ];
}

/** Beyond these a list serves better than words: a package database names hundreds. */
const IN_WORDS = 10;

function explainPackages(report: ReportIndex, name: string): readonly (readonly string[])[] {
  const packages = packagesNamed(report, name);
  const isPath = packages.length > IN_WORDS && packages.every((pkg) => liesAt(pkg, name));
  return isPath ? [explainPath(name, packages, report)] : packages.map((pkg) => explainPackage(pkg, report));
}

/** What does not count comes last: it is the least interesting of many. */
function countedFirst(findings: readonly JsonRecord[]): readonly JsonRecord[] {
  const isSilent = (finding: JsonRecord): boolean => recordField(finding, 'suppressed') !== undefined;
  return findings.toSorted((left, right) => Number(isSilent(left)) - Number(isSilent(right)));
}
