import { expect, test } from 'vitest';
import type { Section } from '../../src/bundle/advisory-bundle.ts';
import { IndexBuilder } from '../../src/bundle/index/build-index.ts';
import { encodeEndOfLife } from '../../src/bundle/sections/end-of-life.ts';
import { BundleReader } from '../../src/match/bundle-reader.ts';
import { distroStream } from '../../src/match/distro-stream.ts';
import type { Distro } from '../../src/model/distro.ts';
import { advisory, affectedUntil } from '../support/advisories.ts';
import { memoryBundle } from '../support/memory-bundle.ts';

const KEYS = [
  'AlmaLinux:9',
  'Alpine:edge',
  'Alpine:v3.18',
  'Azure Linux:3',
  'Chainguard',
  'Debian:12',
  'Debian:3.1',
  'Echo',
  'MinimOS',
  'Red Hat:enterprise_linux:9::appstream',
  'Red Hat:enterprise_linux:9::baseos',
  'Rocky Linux:9',
  'SUSE:Linux Enterprise Server 15 SP5',
  'Ubuntu:22.04:LTS',
  'Ubuntu:23.10',
  'Ubuntu:Pro:22.04:LTS',
  'Wolfi',
  'openSUSE:Leap 15.5',
  'openSUSE:Tumbleweed',
];

function reader(extra: readonly Section[] = []): BundleReader {
  const builder = new IndexBuilder();
  builder.add(advisory({ id: 'A-1', affected: KEYS.map((key) => affectedUntil(key, 'x', '2')) }));
  return new BundleReader(memoryBundle([...builder.finish(), ...extra]));
}

function distro(id: string, versionId?: string, fields: Partial<Distro> = {}): Distro {
  return {
    id,
    ...(versionId === undefined ? {} : { versionId }),
    idLike: [],
    prettyName: `${id} ${versionId ?? ''}`,
    ...fields,
  };
}

const CASES: readonly (readonly [Distro, readonly string[]])[] = [
  [distro('debian', '12'), ['Debian:12']],
  [distro('debian', '12.4'), ['Debian:12']],
  [distro('debian', '3.1'), ['Debian:3.1']],
  [distro('debian', undefined, { codename: 'bookworm' }), ['Debian:12']],
  [distro('debian', undefined, { codename: 'sid' }), []],
  [distro('ubuntu', '22.04'), ['Ubuntu:22.04:LTS']],
  [distro('ubuntu', '22.04', { properties: { esm: 'infra' } }), ['Ubuntu:Pro:22.04:LTS', 'Ubuntu:22.04:LTS']],
  [distro('ubuntu', '23.10'), ['Ubuntu:23.10']],
  [distro('alpine', '3.18.4'), ['Alpine:v3.18']],
  [distro('alpine', '3.21.0_alpha20240807'), ['Alpine:edge']],
  [distro('alpine', '3.18.4', { properties: { repository: 'edge' } }), ['Alpine:edge']],
  [distro('postmarketos', '23.06'), ['Alpine:v3.18']],
  [distro('wolfi', '20230201'), ['Wolfi']],
  [distro('chainguard', '20230214'), ['Chainguard']],
  [distro('minimos', '1'), ['MinimOS']],
  [distro('echo', '1'), ['Echo']],
  [distro('almalinux', '9.3'), ['AlmaLinux:9']],
  [distro('rocky', '9.3'), ['Rocky Linux:9']],
  [distro('rhel', '9.4'), ['Red Hat:enterprise_linux:9::appstream', 'Red Hat:enterprise_linux:9::baseos']],
  [distro('centos', '9', { prettyName: 'CentOS Stream 9' }), []],
  [distro('sles', '15.5'), ['SUSE:Linux Enterprise Server 15 SP5']],
  [distro('opensuse-leap', '15.5'), ['openSUSE:Leap 15.5']],
  [distro('opensuse-tumbleweed', '20260101'), ['openSUSE:Tumbleweed']],
  [distro('azurelinux', '3.0'), ['Azure Linux:3']],
];

test.each(
  CASES.map(
    ([one, keys]) => [`${one.prettyName} ${JSON.stringify(one.properties ?? one.codename ?? '')}`, one, keys] as const,
  ),
)('%s', (_, one, keys) => {
  expect(distroStream(one, reader())?.segments).toEqual(keys);
});

test('a distro no rule knows has no stream', () => {
  expect(distroStream(distro('nixos', '24.05'), reader())).toBeUndefined();
});

test('a derivative counts its own releases; its codename is its parent’s', () => {
  const stream = distroStream(distro('devuan', '5', { codename: 'bookworm', idLike: ['debian'] }), reader());
  expect([stream?.segments, stream?.rule.derivedFrom]).toEqual([['Debian:12'], 'Debian']);
});

test('the end of life is judged by the date of the bundle', () => {
  const ended = (eol: string | boolean) => {
    const bytes = encodeEndOfLife(new Map([['debian', [{ cycle: '12', eol, lts: false }]]]));
    return distroStream(distro('debian', '12'), reader([{ type: 'endoflife', key: '', bytes }]))?.coverage;
  };
  expect([ended('2026-10-31'), ended('2026-11-01'), ended(false), ended(true)]).toEqual([
    'endOfLife',
    'covered',
    'covered',
    'endOfLife',
  ]);
});
