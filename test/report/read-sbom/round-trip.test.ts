import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../src/limits.ts';
import type { Analysis } from '../../../src/model/analysis.ts';
import type { Package } from '../../../src/model/package.ts';
import { readSbom } from '../../../src/report/read-sbom/read-sbom.ts';
import { analysisFixture } from '../../support/analysis-fixture.ts';
import { reportText } from '../../support/report-text.ts';

const FORMATS = [
  'cyclonedx-json@1.4',
  'cyclonedx-json@1.5',
  'cyclonedx-json@1.6',
  'cyclonedx-json@1.7',
  'cyclonedx-xml@1.4',
  'cyclonedx-xml@1.6',
  'spdx-json',
  'spdx-json@2.2',
  'spdx-tag-value@2.2',
  'spdx-tag-value',
  'spdx3-json',
  'intoto-cyclonedx',
  'intoto-spdx',
];

async function readBack(format: string, analysis: Analysis) {
  return readSbom(Buffer.from(await reportText(format, analysis)), DEFAULT_LIMITS);
}

describe('our own SBOM read back', () => {
  it.each(FORMATS)('%s restores packages, distribution, image and lost coverage', async (format) => {
    const fixture = analysisFixture();
    const { packages, distro, image, problems } = await readBack(format, fixture);
    expect(packages).toEqual(fixture.packages);
    expect(distro).toEqual({ id: 'debian', versionId: '12', idLike: [], prettyName: 'Debian GNU/Linux 12 (bookworm)' });
    expect(image).toEqual({ ...fixture.image, kind: 'sbom' });
    expect(problems).toEqual(fixture.problems);
  });

  it('keeps what a run without that bundle or rule must not inherit out of the SBOM', async () => {
    const problems = [
      { code: 'PLM_BUNDLE_STARTER', detail: 'only the starter set' },
      { code: 'PLM_JAR_DAMAGED', layer: 1, path: '/a.jar', detail: 'cut off' },
    ];
    expect((await readBack('cyclonedx-json', { ...analysisFixture(), problems })).problems).toEqual([problems[1]]);
  });

  it.each(['cyclonedx-json@1.6', 'cyclonedx-xml@1.6', 'spdx-json', 'spdx-tag-value', 'spdx3-json'])(
    '%s restores any package exactly',
    async (format) => {
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(packageArbitrary, { maxLength: 6, selector: (item) => item.id }),
          async (packages) => {
            expect((await readBack(format, { ...analysisFixture(), packages })).packages).toEqual(packages);
          },
        ),
        { numRuns: 60 },
      );
    },
  );
});

/** Any text an attacker may put there, hostile characters on purpose; lone surrogates cannot come out of decoded bytes. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '"',
        '<',
        '</text>',
        ']]>',
        '\n',
        '\r\n',
        '\u0000',
        '\u202e',
        '\ufeff',
        '%',
        '=',
        '#',
        ' ',
        '\ufffe',
        '&amp;',
        'plimsoll:',
      ),
      fc.string({ unit: 'grapheme' }),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.join('').toWellFormed());
const filled = text.filter((value) => value !== '');

const location = fc.record(
  {
    path: text,
    layer: fc.nat(200),
    detector: fc.constant('npm/package-json'),
    digest: fc.constant(`sha256:${'a'.repeat(64)}`),
  },
  { requiredKeys: ['path', 'layer'] },
);

const packageArbitrary: fc.Arbitrary<Package> = fc
  .record(
    {
      type: fc.constantFrom('deb', 'npm', 'maven', 'golang', 'pypi', 'rpm'),
      namespace: filled,
      name: filled,
      version: filled,
      arch: fc.constantFrom('amd64', 'noarch'),
      source: fc.record({ name: filled, version: text }),
      licenses: fc.uniqueArray(fc.oneof(fc.constantFrom('MIT', 'Apache-2.0', 'MIT OR GPL-2.0-only'), filled), {
        maxLength: 3,
      }),
      locations: fc.tuple(location, location).map(([first, second]): Package['locations'] => [first, second]),
      state: fc.constantFrom('present', 'overwritten', 'deleted'),
      removedIn: fc.nat(200),
      scope: fc.constantFrom('runtime', 'development', 'optional'),
      hashes: fc.constant([{ algorithm: 'sha1', value: 'b447f6670a0455bbfeedd11392eff330ea097548' }]),
      properties: fc
        .dictionary(fc.constantFrom('vendor', 'modularitylabel', 'a=b', 'per%cent', 'odd key'), text, { minKeys: 1 })
        .map((map) => ({ ...map })),
    },
    { requiredKeys: ['type', 'name', 'version', 'licenses', 'locations', 'state'] },
  )
  .map((item): Package => {
    const purl = `pkg:${item.type}/${encodeURIComponent(item.name)}@${encodeURIComponent(item.version)}`;
    return { id: purl, purl, ...item };
  });
