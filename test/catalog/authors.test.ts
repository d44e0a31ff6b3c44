import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { detectors as java } from '../../src/catalog/java/detector.ts';
import { detectors as npm } from '../../src/catalog/npm/detector.ts';
import { detectors as php } from '../../src/catalog/php/detector.ts';
import { detectors as python } from '../../src/catalog/python/detector.ts';
import { detectors as ruby } from '../../src/catalog/ruby/detector.ts';
import type { Detector } from '../../src/detect/detector.ts';
import { packagesOf, runDetectors } from '../support/detector-harness.ts';

const json = (fields: object): string => JSON.stringify({ name: 'x', version: '1.0.0', ...fields });
const jar = (members: Readonly<Record<string, string>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(members).map(([path, text]) => [path, strToU8(text)])));
const pom = (parties: string): Uint8Array =>
  jar({
    'META-INF/maven/g.x/x/pom.properties': 'groupId=g.x\nartifactId=x\nversion=1.0.0\n',
    'META-INF/maven/g.x/x/pom.xml': `<project><groupId>g.x</groupId><artifactId>x</artifactId><version>1.0.0</version>${parties}</project>`,
    'META-INF/MANIFEST.MF': 'Manifest-Version: 1.0\nImplementation-Vendor: Ship Works\n',
  });

const NPM = '/app/node_modules/x/package.json';
const METADATA = '/venv/x-1.dist-info/METADATA';
const GEMSPEC = '/usr/lib/ruby/gems/3.1.0/specifications/x-1.0.0.gemspec';
const COMPOSER = '/app/vendor/composer/installed.json';
const JAR = '/opt/x-1.0.0.jar';
const ADA = 'Ada <ada@example.com>';

describe('who made a package', () => {
  it.each<readonly [string, readonly Detector[], string, string | Uint8Array, Readonly<Record<string, string>>]>([
    ['author of npm', npm, NPM, json({ author: `${ADA} (https://example.com)` }), { author: ADA }],
    [
      'author of npm as an object',
      npm,
      NPM,
      json({ author: { name: 'Ada', email: 'ada@example.com' } }),
      { author: ADA },
    ],
    ['first maintainer of npm', npm, NPM, json({ maintainers: ['Ada', 'Bo'] }), { author: 'Ada' }],
    ['author of Python', python, METADATA, `Name: x\nVersion: 1\nAuthor-email: ${ADA}\n`, { author: ADA }],
    [
      'maintainer of Python',
      python,
      METADATA,
      'Name: x\nVersion: 1\nAuthor: UNKNOWN\nMaintainer: Ada\nMaintainer-email: ada@example.com\n',
      { author: ADA },
    ],
    [
      'authors of a gem',
      ruby,
      GEMSPEC,
      '# stub: x 1.0.0 ruby lib\nGem::Specification.new do |s|\n  s.authors = ["Ada".freeze, "Bo".freeze]\nend\n',
      { author: 'Ada, Bo' },
    ],
    [
      'author of Composer',
      php,
      COMPOSER,
      JSON.stringify({
        packages: [{ name: 'a/x', version: '1', authors: [{ name: 'Ada', email: 'ada@example.com' }] }],
      }),
      { author: ADA },
    ],
    ['organization of Maven', java, JAR, pom('<organization><name>Dock</name></organization>'), { vendor: 'Dock' }],
    ['vendor in a manifest', java, JAR, pom(''), { vendor: 'Ship Works' }],
    [
      'developer of Maven',
      java,
      JAR,
      jar({
        'META-INF/maven/g.x/x/pom.xml':
          '<project><groupId>g.x</groupId><artifactId>x</artifactId><version>1.0.0</version><developers><developer><name>Ada</name></developer></developers></project>',
      }),
      { author: 'Ada' },
    ],
  ])('is the %s', (_, detectors, path, content, properties) => {
    expect(packagesOf(runDetectors(detectors, { [path]: content })).map((found) => found.properties)).toEqual([
      properties,
    ]);
  });
});
