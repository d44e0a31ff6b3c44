import { describe, expect, it } from 'vitest';
import type { FileReport, NotableFile } from '../../../src/model/analysis.ts';
import type { Misconfiguration } from '../../../src/model/finding.ts';
import type { Secret } from '../../../src/model/secret.ts';
import { compareChecks, pairChecks } from '../../../src/pipeline/diff/compare-checks.ts';
import { compareConfiguration } from '../../../src/pipeline/diff/compare-configuration.ts';
import { compareLicenses } from '../../../src/pipeline/diff/compare-licenses.ts';
import { comparePrivileges } from '../../../src/pipeline/diff/compare-privileges.ts';
import { compareSecrets, pairSecrets } from '../../../src/pipeline/diff/compare-secrets.ts';
import { debPackage, secret, unjudged } from '../../policy/judged-analysis.ts';

describe('secrets of two images', () => {
  const diff = (before: readonly Secret[], after: readonly Secret[]) => compareSecrets(pairSecrets(before, after));
  const place = { source: 'file', path: '/app/.env', layer: 1, state: 'present', verdict: 'proven' };
  const row = { ruleId: 'aws-access-key', verdict: 'proven', match: 'AKIA…', fingerprint: 'f1' };
  const nothing = { new: [], fixed: [], changed: [], unchanged: 0 };

  it('one that the first does not hold is new', () =>
    expect(diff([], [secret()])).toEqual({ ...nothing, new: [{ ...row, before: [], after: [place] }] }));
  it('one that moved is the same', () =>
    expect(diff([secret()], [secret({ path: '/etc/app.env' })])).toEqual({ ...nothing, unchanged: 1 }));
  it('a deleted one is still there', () =>
    expect(diff([secret()], [secret({ state: 'deleted' })])).toEqual({
      ...nothing,
      changed: [{ ...row, before: [place], after: [{ ...place, state: 'deleted' }], changes: ['state'] }],
    }));
  it('one that no layer holds is gone', () =>
    expect(diff([secret({ state: 'deleted' })], [])).toEqual({
      ...nothing,
      fixed: [{ ...row, before: [{ ...place, state: 'deleted' }], after: [] }],
    }));
});

describe('image checks of two images', () => {
  const check = (fields: Partial<Misconfiguration>): Misconfiguration => ({
    id: 'PLM-C001',
    title: 'The container runs as root',
    severity: 'medium',
    evidence: 'USER is not set',
    remediation: 'Set one.',
    ...fields,
  });
  const row = { id: 'PLM-C001', title: 'The container runs as root', severity: 'medium' };

  it('are listed the most severe first', () => {
    const after = [check({ id: 'PLM-C002', severity: 'low' }), check({ id: 'PLM-C009', severity: 'critical' })];
    expect(compareChecks(pairChecks([], after)).new.map(({ id }) => id)).toEqual(['PLM-C009', 'PLM-C002']);
  });

  it('are the same where the history became longer, and new where it holds one more', () => {
    const entries = (...evidence: readonly string[]) => evidence.map((text) => check({ evidence: text }));
    const before = entries('history entry 3 (ADD)', 'history 5 holds what rule npm-token finds');
    const after = entries(
      ...['history entry 11 (ADD)', 'history entry 4 (ADD)'],
      'history 6 holds what rule npm-token finds',
    );
    expect(compareChecks(pairChecks(before, after))).toEqual({
      new: [{ ...row, evidence: 'history entry 4 (ADD)' }],
      fixed: [],
      changed: [],
      unchanged: 2,
    });
  });

  it('are told apart by check and place', () => {
    const before = [check({}), check({ evidence: 'mode 4755', path: '/bin/su' })];
    const after = [check({ evidence: 'USER root' }), check({ evidence: 'mode 6755', path: '/bin/su' })];
    expect(compareChecks(pairChecks(before, after))).toEqual({
      new: [{ ...row, evidence: 'USER root' }],
      fixed: [{ ...row, evidence: 'USER is not set' }],
      changed: [{ ...row, evidence: 'mode 6755', path: '/bin/su', changes: ['evidence'] }],
      unchanged: 0,
    });
  });
});

it('the configuration is compared field by field, variables by name only', () => {
  const empty = { ports: [], envNames: [], labels: {} };
  expect(
    compareConfiguration(
      { ...empty, ports: ['80/tcp'], envNames: ['PATH'], entrypoint: [], labels: { version: '1', old: 'x' } },
      {
        ...empty,
        user: 'app',
        ports: ['8080/tcp'],
        envNames: ['PATH', 'TOKEN'],
        cmd: ['run'],
        labels: { version: '2' },
      },
    ),
  ).toEqual([
    { field: 'user', change: 'added', after: 'app' },
    { field: 'cmd', change: 'added', after: ['run'] },
    { field: 'port', name: '80/tcp', change: 'removed' },
    { field: 'port', name: '8080/tcp', change: 'added' },
    { field: 'env', name: 'TOKEN', change: 'added' },
    { field: 'label', name: 'old', change: 'removed', before: 'x' },
    { field: 'label', name: 'version', change: 'changed', before: '1', after: '2' },
  ]);
});

it('privileged files of the final file system are compared by path', () => {
  const file = (path: string, fields: Partial<NotableFile> = {}): NotableFile => ({
    path,
    layer: 0,
    state: 'present',
    mode: '4755',
    detail: 'setuid',
    ...fields,
  });
  const report = (setuid: readonly NotableFile[]): FileReport => ({
    deleted: [],
    overwritten: [],
    setuid,
    capabilities: [],
    worldWritable: [],
  });
  const before = report([file('/bin/su'), file('/bin/ping'), file('/bin/gone', { state: 'deleted' })]);
  const after = report([file('/bin/su', { mode: '6755' }), file('/bin/sudo', { layer: 3 })]);
  expect(comparePrivileges(before, after)).toEqual([
    { path: '/bin/ping', kind: 'setuid', change: 'removed', before: '4755 setuid' },
    { path: '/bin/su', kind: 'setuid', change: 'changed', before: '4755 setuid', after: '6755 setuid' },
    { path: '/bin/sudo', kind: 'setuid', change: 'added', after: '4755 setuid' },
  ]);
});

it('licences are those of packages in the final file system', () => {
  const [a, b] = [debPackage('a'), debPackage('b', { state: 'deleted' })];
  const side = (licenses: Readonly<Record<string, readonly string[]>>) =>
    unjudged({
      packages: [a, b],
      licenses: Object.entries(licenses).map(([license, packageIds]) => ({ license, packageIds })),
    });
  expect(compareLicenses(side({ MIT: [a.id], Zlib: [b.id] }), side({ 'GPL-3.0-only': [a.id, b.id] }))).toEqual([
    { license: 'GPL-3.0-only', change: 'added', packageIds: [a.id] },
    { license: 'MIT', change: 'removed', packageIds: [a.id] },
  ]);
});
