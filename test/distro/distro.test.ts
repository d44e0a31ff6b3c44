import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectors as alpineRepositories } from '../../src/distro/alpine-repositories.ts';
import { detectors } from '../../src/distro/detector.ts';
import { distroFromOsRelease } from '../../src/distro/from-os-release.ts';
import { detectors as redHat } from '../../src/distro/red-hat.ts';
import { detectors as ubuntuPro } from '../../src/distro/ubuntu-pro.ts';
import { type FileTree, problemsOf, runDetectors } from '../support/detector-harness.ts';

/** The distro that the best witness names. */
function distroOf(tree: FileTree): unknown {
  const found = runDetectors(detectors, tree).flatMap((one) => (one.kind === 'distro' ? [one] : []));
  return found.sort((left, right) => right.precedence - left.precedence)[0]?.distro;
}

describe('os-release', () => {
  it('reads every field that chooses an advisory stream', () => {
    const text =
      'NAME="Red Hat Enterprise Linux"\nVERSION="8.4 (Ootpa)"\nID="rhel"\nID_LIKE="fedora  centos"\nVERSION_ID="8.4"\nPLATFORM_ID="platform:el8"\nPRETTY_NAME="RHEL \\"8.4\\""\nCPE_NAME=\'cpe:/o:redhat:enterprise_linux:8.4:GA\'\nSUPPORT_END=2029-05-31\n';
    expect(distroOf({ '/etc/os-release': text })).toEqual({
      id: 'rhel',
      versionId: '8.4',
      idLike: ['fedora', 'centos'],
      prettyName: 'RHEL "8.4"',
      properties: { cpe: 'cpe:/o:redhat:enterprise_linux:8.4:GA', platform: 'platform:el8', supportEnd: '2029-05-31' },
    });
  });

  it('has no version where a rolling release names none', () => {
    expect(distroFromOsRelease('PRETTY_NAME="Debian GNU/Linux trixie/sid"\nID=debian\n')).toEqual({
      id: 'debian',
      codename: 'trixie',
      idLike: [],
      prettyName: 'Debian GNU/Linux trixie/sid',
    });
  });

  it('takes the codename of old Debian from VERSION', () => {
    expect(distroFromOsRelease('ID=debian\nVERSION_ID="8"\nVERSION="8 (jessie)"\n')?.codename).toBe('jessie');
  });

  it('falls back to NAME and VERSION, as the last assignment states them', () => {
    expect(distroFromOsRelease('NAME=x\r\nNAME="Oracle Linux Server"\r\nVERSION="7.9"\r\n')).toEqual({
      id: 'ol',
      versionId: '7.9',
      idLike: [],
      prettyName: 'Oracle Linux Server',
    });
  });

  it.each([
    ['', 'empty'],
    ['VERSION_ID=1\n', 'nameless'],
    ['\u0000\u0001=\n"""\n', 'binary'],
  ])('is a problem when it names no distro: %j (%s)', (text) => {
    expect(problemsOf(runDetectors(detectors, { '/usr/lib/os-release': text }))).toEqual([
      'PLM_DISTRO_UNKNOWN: the file names no distro: other release files decide, or advisories of the distro are not looked up',
    ]);
  });

  it('never throws, whatever the text', () => {
    fc.assert(fc.property(fc.string(), (text) => distroFromOsRelease(text)?.id !== ''));
    fc.assert(fc.property(fc.string(), (text) => distroFromOsRelease(`ID=${text}\nVERSION="${text}\n`)?.id !== ''));
  });
});

describe('fallbacks', () => {
  it.each<[string, FileTree, unknown]>([
    ['centos-release', { '/etc/centos-release': 'CentOS Linux release 7.9.2009 (Core)\n' }, ['centos', '7.9.2009']],
    [
      'redhat-release',
      { '/etc/redhat-release': 'Red Hat Enterprise Linux Server release 6.10 (Santiago)\n' },
      ['rhel', '6.10'],
    ],
    [
      'oracle before redhat',
      {
        '/etc/redhat-release': 'Red Hat Enterprise Linux release 8.1\n',
        '/etc/oracle-release': 'Oracle Linux Server release 8.1\n',
      },
      ['ol', '8.1'],
    ],
    ['system-release', { '/etc/system-release': 'Amazon Linux release 2 (Karoo)\n' }, ['amzn', '2']],
    [
      'SuSE-release',
      { '/etc/SuSE-release': 'SUSE Linux Enterprise Server 11 (x86_64)\nVERSION = 11\nPATCHLEVEL = 4\n' },
      ['sles', '11.4'],
    ],
    ['photon-release', { '/etc/photon-release': 'VMware Photon OS 4.0\nPHOTON_BUILD_NUMBER=1\n' }, ['photon', '4.0']],
    ['alpine-release', { '/etc/alpine-release': '3.19_alpha20230901\n' }, ['alpine', '3.19_alpha20230901']],
    ['debian_version', { '/etc/debian_version': '12.5\n' }, ['debian', '12']],
    ['debian_version of sid', { '/etc/debian_version': 'trixie/sid\n' }, ['debian', undefined]],
    [
      'lsb-release',
      { '/etc/lsb-release': 'DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=22.04\nDISTRIB_CODENAME=jammy\n' },
      ['ubuntu', '22.04'],
    ],
    [
      'openwrt_release',
      { '/etc/openwrt_release': "DISTRIB_ID='OpenWrt'\nDISTRIB_RELEASE='23.05.2'\n" },
      ['openwrt', '23.05.2'],
    ],
    [
      'busybox',
      { '/bin/busybox': `\u007fELF${'\u0000'.repeat(99)}BusyBox v1.36.1 (2023-07-27)` },
      ['busybox', '1.36.1'],
    ],
    [
      'ubuntu with debian_version',
      { '/etc/debian_version': 'bookworm/sid\n', '/etc/os-release': 'ID=ubuntu\nVERSION_ID="22.04"\n' },
      ['ubuntu', '22.04'],
    ],
    [
      'etc before usr/lib',
      { '/etc/os-release': 'ID=a\nVERSION_ID=1\n', '/usr/lib/os-release': 'ID=b\nVERSION_ID=2\n' },
      ['a', '1'],
    ],
  ])('%s', (_, tree, expected) => {
    const distro = distroOf(tree);
    expect(distro).toMatchObject({});
    const { id, versionId } = distro as { id: string; versionId?: string };
    expect([id, versionId]).toEqual(expected);
  });

  it.each(['/etc/centos-release', '/etc/alpine-release', '/etc/debian_version', '/etc/lsb-release', '/bin/busybox'])(
    'says nothing for a %s that names nothing',
    (path) => {
      for (const content of ['', 'BusyBox v', 'x'.repeat(10_000), new Uint8Array(64)]) {
        expect(distroOf({ [path]: content })).toBeUndefined();
      }
    },
  );
});

describe('facts about the distro', () => {
  it('takes the branch of the main repository, tagged ones aside', () => {
    const text =
      '#http://x/alpine/v3.1/main\n@t https://x/alpine/edge/testing\nhttps://x/alpine/edge/community\nhttps://x/alpine/v3.18/main\n';
    expect(runDetectors(alpineRepositories, { '/etc/apk/repositories': text })).toEqual([
      { kind: 'fact', name: 'distro.repository', value: 'v3.18' },
    ]);
    expect(runDetectors(alpineRepositories, { '/etc/apk/repositories': '' })).toEqual([]);
  });

  it('names enabled ESM streams of Ubuntu Pro', () => {
    const path = '/var/lib/ubuntu-advantage/status.json';
    const service = (name: string, status: string): unknown => ({ name, status });
    const status = {
      attached: true,
      services: [service('esm-infra', 'enabled'), service('esm-apps', 'disabled'), service('fips', 'enabled'), null],
    };
    expect(runDetectors(ubuntuPro, { [path]: JSON.stringify(status) })).toEqual([
      { kind: 'fact', name: 'distro.esm', value: 'infra' },
    ]);
    expect(problemsOf(runDetectors(ubuntuPro, { [path]: '[' }))).toEqual([
      'PLM_DATABASE_DAMAGED: no JSON object: whether ESM streams are enabled is not known',
    ]);
  });

  it('names the content sets and the name of a Red Hat image', () => {
    const tree = {
      '/root/buildinfo/content_manifests/ubi8.json': '{"content_sets": ["rhel-8-for-x86_64-baseos-rpms", 7]}',
      '/root/buildinfo/Dockerfile-ubi8-8.4':
        'LABEL "com.redhat.component"="ubi8-container" \\\n "version"="8.4" \\\n release="206"\n',
      '/root/buildinfo/Dockerfile-empty': '',
      '/usr/share/buildinfo/broken.json': '{"content_sets":',
    };
    expect(runDetectors(redHat, tree)).toEqual([
      { kind: 'fact', name: 'distro.contentSets', value: 'rhel-8-for-x86_64-baseos-rpms' },
      {
        kind: 'problem',
        problem: {
          code: 'PLM_DATABASE_DAMAGED',
          detail: 'no JSON object: the repositories that packages came from are not known',
        },
      },
      { kind: 'fact', name: 'distro.image', value: 'ubi8-container-8.4-206' },
    ]);
  });
});
