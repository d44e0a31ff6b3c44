import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { describe, expect, it } from 'vitest';
import { analysisFixture } from '../support/analysis-fixture.ts';
import { reportText } from '../support/report-text.ts';

const VERSIONS = [
  ['1.4', Spec.Version.v1dot4],
  ['1.5', Spec.Version.v1dot5],
  ['1.6', Spec.Version.v1dot6],
  ['1.7', Spec.Version.v1dot7],
] as const;

async function bom(name = 'cyclonedx-json', history = true) {
  return JSON.parse(await reportText(name, analysisFixture(), { history }));
}

describe('cyclonedx-json', () => {
  it.each(VERSIONS)('is valid under the strict schema of %s', async (version, spec) => {
    const text = await reportText(`cyclonedx-json@${version}`, analysisFixture());
    expect(await new Validation.JsonStrictValidator(spec).validate(text)).toBeNull();
    expect(JSON.parse(text).specVersion).toBe(version);
  });

  it('describes a package with purl, licences, hashes, occurrences and properties', async () => {
    const { components } = await bom();
    expect(components.find((item: { name: string }) => item.name === 'lodash')).toEqual({
      type: 'library',
      name: 'lodash',
      version: '4.17.15',
      'bom-ref': 'pkg:npm/lodash@4.17.15',
      scope: 'required',
      hashes: [{ alg: 'SHA-1', content: 'b447f6670a0455bbfeedd11392eff330ea097548' }],
      licenses: [{ license: { id: 'MIT' } }],
      purl: 'pkg:npm/lodash@4.17.15',
      properties: [
        { name: 'plimsoll:type', value: 'npm' },
        { name: 'plimsoll:state', value: 'present' },
        { name: 'plimsoll:hidden', value: 'false' },
        { name: 'plimsoll:layer', value: '2' },
        { name: 'plimsoll:scope', value: 'runtime' },
        {
          name: 'plimsoll:location',
          value: '{"layer":2,"path":"/app/node_modules/lodash/package.json","detector":"npm/package-json"}',
        },
        {
          name: 'plimsoll:location',
          value: '{"layer":2,"path":"/opt/lodash/package.json","detector":"npm/package-json"}',
        },
      ],
      evidence: {
        occurrences: [
          { location: '/app/node_modules/lodash/package.json', additionalContext: 'layer 2, read by npm/package-json' },
          { location: '/opt/lodash/package.json', additionalContext: 'layer 2, read by npm/package-json' },
        ],
      },
    });
  });

  it('says which sets of parts are complete and which are not', async () => {
    const ids = analysisFixture().packages.map((item) => item.id);
    expect((await bom()).compositions).toEqual([
      { aggregate: 'incomplete', assemblies: ['image'] },
      { aggregate: 'incomplete', dependencies: [ids[0]] },
      { aggregate: 'unknown', dependencies: ids.slice(1) },
    ]);
  });

  it('reaches every package from the image', async () => {
    const [openssl, libssl, curl, lodash, evil] = analysisFixture().packages.map((item) => item.id);
    expect((await bom()).dependencies).toEqual([
      { ref: 'image', dependsOn: ['os', openssl, curl, lodash, evil] },
      { ref: openssl, dependsOn: [libssl] },
    ]);
  });

  it('tells risks that were accepted from flaws that are not there', async () => {
    const { vulnerabilities } = await bom();
    const analyses = vulnerabilities.map((item: { id: string; analysis?: unknown }) => [item.id, item.analysis]);
    expect(new Map(analyses).get('CVE-2019-10744')).toMatchObject({ response: ['will_not_fix'] });
    expect(new Map(analyses).get('CVE-2020-8203')).toEqual({
      state: 'not_affected',
      detail: 'vex: team.openvex.json: not_affected, vulnerable_code_not_in_execute_path',
    });
    expect(new Map(analyses).get('CVE-2023-5678')).toBeUndefined();
  });

  it('rates, dates and sources a vulnerability', async () => {
    const { vulnerabilities } = await bom();
    expect(vulnerabilities[0]).toMatchObject({
      id: 'CVE-2023-5678',
      source: { name: 'osv/Debian', url: 'https://nvd.nist.gov/vuln/detail/CVE-2023-5678' },
      references: [{ id: 'DSA-5532-1', source: { name: 'osv/Debian' } }],
      ratings: [
        { score: 9.8, severity: 'critical', method: 'CVSSv31', vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' },
      ],
      cwes: [787],
      recommendation: 'Upgrade to 3.0.11-1~deb12u2',
      advisories: [{ url: 'https://example.org/advisory' }],
      published: '2023-11-06T00:00:00.000Z',
    });
  });

  it('leaves packages of history and their findings out when asked to', async () => {
    const { components, vulnerabilities } = await bom('cyclonedx-json', false);
    expect(components.map((item: { name: string }) => item.name)).toEqual(['debian', 'openssl', 'libssl3', 'lodash']);
    expect(vulnerabilities.map((item: { id: string }) => item.id)).not.toContain('CVE-2023-38545');
  });

  it('carries no time of its own and the same serial number each time', async () => {
    const first = await bom();
    expect(first.metadata.timestamp).toBeUndefined();
    expect(first.serialNumber).toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect((await bom()).serialNumber).toBe(first.serialNumber);
    expect((await bom('cyclonedx-json', false)).serialNumber).not.toBe(first.serialNumber);
  });

  it('joins sound expressions and names texts that are none', async () => {
    const fixture = analysisFixture();
    const [first, ...others] = fixture.packages;
    if (first === undefined) throw new Error('the fixture has packages');
    const packages = [{ ...first, licenses: ['MIT OR Apache-2.0', 'Zlib'] }, ...others];
    const { components } = JSON.parse(await reportText('cyclonedx-json', { ...fixture, packages }));
    expect(components[1].licenses).toEqual([{ expression: '(MIT OR Apache-2.0) AND Zlib' }]);
    expect(components.at(-1).licenses).toEqual([
      { license: { name: fixture.packages.at(-1)?.licenses[0] } },
      { license: { name: 'MIT OR Apache-2.0' } },
    ]);
  });
});

describe('cyclonedx-xml', () => {
  it.each(VERSIONS)('writes the namespace of %s and no character that XML forbids', async (version) => {
    const text = await reportText(`cyclonedx-xml@${version}`, analysisFixture());
    expect(text).toContain(`<bom xmlns="http://cyclonedx.org/schema/bom/${version}" serialNumber="urn:uuid:`);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(text).not.toContain('<img');
  });

  it('puts the occurrences where 1.5 has them, without the context that came with 1.6', async () => {
    const five = await reportText('cyclonedx-xml@1.5', analysisFixture());
    expect(five).toContain('<location>/var/lib/dpkg/status</location>');
    expect(five).not.toContain('additionalContext');
    expect(await reportText('cyclonedx-xml@1.4', analysisFixture())).not.toContain('occurrences');
  });
});
