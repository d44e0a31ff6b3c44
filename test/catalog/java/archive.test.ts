import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/catalog/java/detector.ts';
import { parseFileName } from '../../../src/catalog/java/file-name.ts';
import { parseManifest } from '../../../src/catalog/java/parse-manifest.ts';
import { parsePom } from '../../../src/catalog/java/parse-pom.ts';
import { parseProperties } from '../../../src/catalog/java/parse-properties.ts';
import { packagesOf, problemsOf, runDetectors } from '../../support/detector-harness.ts';

const jar = (members: Readonly<Record<string, string>>) =>
  zipSync(Object.fromEntries(Object.entries(members).map(([path, text]) => [path, new TextEncoder().encode(text)])));
const scan = (path: string, members: Readonly<Record<string, string>>) =>
  runDetectors(detectors, { [path]: jar(members) });
const pom = (group: string, artifact: string, version: string) => ({
  [`META-INF/maven/${group}/${artifact}/pom.properties`]: `#Created\nversion=${version}\ngroupId=${group}\nartifactId=${artifact}\n`,
});

describe('unpacked Java applications', () => {
  const PLACE = '/usr/local/tomcat/webapps/ROOT/META-INF/maven/com.example/harbour/pom.properties';
  const find = (path: string, text: string) => runDetectors(detectors, { [path]: text });
  const stated = 'version=1.4.2\ngroupId=com.example\nartifactId=harbour\n';

  it('are told by the coordinates their build wrote', () => {
    expect(packagesOf(find(PLACE, stated))).toEqual([
      { type: 'maven', namespace: 'com.example', name: 'harbour', version: '1.4.2' },
    ]);
  });

  it('are not members of archives', () => {
    expect(find(PLACE.replace('/ROOT/', '/ROOT.war!/'), stated)).toEqual([]);
  });

  it.each(['', 'version=${revision}\ngroupId=g\nartifactId=a\n', 'version=1\ngroupId=g\n'])(
    'are a problem where coordinates are missing: %j',
    (text) =>
      expect(problemsOf(find(PLACE, text))).toEqual([
        'PLM_FILE_UNREADABLE: no group, artifact and version in it: this Java application is not listed',
      ]),
  );

  it('never throw, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void find(PLACE, text)));
  });
});

describe('Java archives', () => {
  it('takes the only pom.properties for the archive itself', () => {
    expect(scan('/opt/x.jar', pom('org.yaml', 'snakeyaml', '1.23'))).toEqual([
      { kind: 'package', package: { type: 'maven', namespace: 'org.yaml', name: 'snakeyaml', version: '1.23' } },
    ]);
  });

  it('takes the Java version a driver was built for from the file name, where the embedded version lacks it', () => {
    const driver = pom('com.microsoft.sqlserver', 'mssql-jdbc', '8.4.1');
    const named = (path: string) => packagesOf(scan(path, driver)).map(({ version }) => version);
    expect(named('/lib/mssql-jdbc-8.4.1.jre8.jar')).toEqual(['8.4.1.jre8']);
    expect(named('/lib/mssql-jdbc-8.4.1.1.jar')).toEqual(['8.4.1']);
    expect(named('/lib/mssql-jdbc.jar')).toEqual(['8.4.1']);
  });

  it.each([
    ['asm-7.1.jar', 'org/objectweb/asm/A.class', 'org.ow2.asm'],
    ['rxjava-3.0.6.jar', 'io/reactivex/rxjava3/A.class', 'io.reactivex.rxjava3'],
    ['rxjava-2.2.1.jar', 'io/reactivex/A.class', 'io.reactivex.rxjava2'],
    ['rxjava-1.3.8.jar', 'rx/A.class', 'io.reactivex'],
    ['hibernate-core-6.2.0.Final.jar', 'org/hibernate/query/sqm/A.class', 'org.hibernate.orm'],
    ['hibernate-core-5.4.0.Final.jar', 'org/hibernate/A.class', 'org.hibernate'],
    ['asm-7.1.jar', 'com/example/A.class', undefined],
  ])('knows the group of %s with %s', (file, member, group) => {
    expect(packagesOf(scan(`/lib/${file}`, { [member]: '' })).map(({ namespace }) => namespace)).toEqual([group]);
  });

  it('reads the group of a title that Gradle plugins write', () => {
    const title = (text: string) => ({ 'META-INF/MANIFEST.MF': `Implementation-Title: ${text}\n` });
    const group = (text: string) => packagesOf(scan('/lib/keel-1.0.0.jar', title(text))).map((one) => one.namespace);
    expect(group('org.example.yard#keel;1.0.0')).toEqual(['org.example.yard']);
    expect(group('org.example.yard#hull;1.0.0')).toEqual([undefined]);
  });

  it('names the jars of a Tomcat server as Maven does', () => {
    const manifest = (name: string) => ({
      'META-INF/MANIFEST.MF': `Bundle-SymbolicName: org.apache.tomcat-${name}\nBundle-Version: 9.0.40\n`,
    });
    const named = (path: string, name: string) =>
      packagesOf(scan(path, { ...manifest(name), 'org/apache/A.class': '' })).map(
        (one) => `${one.namespace}:${one.name}:${one.version}`,
      );
    expect(named('/usr/local/tomcat/lib/catalina.jar', 'catalina')).toEqual([
      'org.apache.tomcat:tomcat-catalina:9.0.40',
    ]);
    expect(named('/usr/local/tomcat/lib/catalina-tribes.jar', 'tribes')).toEqual([
      'org.apache.tomcat:tomcat-tribes:9.0.40',
    ]);
    expect(named('/lib/tomcat-embed-core-9.0.40.jar', 'embed-core')).toEqual([
      'org.apache.tomcat.embed:tomcat-embed-core:9.0.40',
    ]);
  });

  it('cuts the number of the build off a version that Kotlin states', () => {
    const manifest = 'Implementation-Version: 1.4.10-release-411\n';
    expect(
      packagesOf(scan('/lib/kotlin-stdlib.jar', { 'META-INF/MANIFEST.MF': manifest, 'kotlin/A.class': '' })),
    ).toEqual([
      {
        type: 'maven',
        namespace: 'org.jetbrains.kotlin',
        name: 'kotlin-stdlib',
        version: '1.4.10',
        properties: { identified: 'manifest' },
      },
    ]);
  });

  it('marks what was shaded into an archive, and what was moved to other classes', () => {
    const members = {
      ...pom('log4j', 'log4j', '1.2.17'),
      ...pom('org.apache.httpcomponents', 'httpclient', '4.5.12'),
      ...pom('com.example', 'tool', '0.9.0'),
      'com/example/shaded/org/apache/http/A.class': '',
    };
    expect(packagesOf(scan('/opt/tool-0.9.0.jar', members))).toEqual([
      { type: 'maven', namespace: 'com.example', name: 'tool', version: '0.9.0' },
      { type: 'maven', namespace: 'log4j', name: 'log4j', version: '1.2.17', properties: { shaded: 'true' } },
      {
        type: 'maven',
        namespace: 'org.apache.httpcomponents',
        name: 'httpclient',
        version: '4.5.12',
        properties: { shaded: 'true', relocated: 'true' },
      },
    ]);
  });

  it('finds the archive itself among several by the manifest when the file was renamed', () => {
    const members = {
      ...pom('log4j', 'log4j', '1.2.17'),
      ...pom('com.example', 'tool', '0.9.0'),
      'META-INF/MANIFEST.MF': 'Manifest-Version: 1.0\nImplementation-Title: tool\nImplementation-Version: 0.9.0\n',
    };
    expect(packagesOf(scan('/opt/app.jar', members)).map((found) => [found.name, found.properties])).toEqual([
      ['tool', undefined],
      ['log4j', { shaded: 'true' }],
    ]);
  });

  it('does not take shaded coordinates for an archive that names itself otherwise', () => {
    expect(packagesOf(scan('/opt/agent-2.0.1.jar', pom('log4j', 'log4j', '1.2.17')))).toEqual([
      { type: 'maven', name: 'agent', version: '2.0.1', properties: { identified: 'file name' } },
      { type: 'maven', namespace: 'log4j', name: 'log4j', version: '1.2.17', properties: { shaded: 'true' } },
    ]);
  });

  it('reads pom.xml where the build wrote no properties, the parent standing in', () => {
    const project =
      '<?xml version="1.0"?><!-- <version>9</version> --><project><parent><groupId>org.x</groupId><version>3.1</version></parent>' +
      '<artifactId>part</artifactId><licenses><license><name>The Apache License, Version 2.0</name></license></licenses>' +
      '<dependencies><dependency><groupId>no</groupId></dependency></dependencies></project>';
    expect(packagesOf(scan('/opt/part.jar', { 'META-INF/maven/org.x/part/pom.xml': project }))).toEqual([
      { type: 'maven', namespace: 'org.x', name: 'part', version: '3.1', licenses: ['Apache-2.0'] },
    ]);
  });

  it('knows the group of a library that states none, when its classes are in it', () => {
    const manifest = {
      'META-INF/MANIFEST.MF': 'Implementation-Title: spring-core\nImplementation-Version: 5.2.0.RELEASE\n',
    };
    const expected = { type: 'maven', name: 'spring-core', version: '5.2.0.RELEASE' };
    expect(
      packagesOf(scan('/l/spring-core-5.2.0.RELEASE.jar', { ...manifest, 'org/springframework/core/A.class': '' })),
    ).toEqual([{ ...expected, namespace: 'org.springframework', properties: { identified: 'manifest' } }]);
    expect(packagesOf(scan('/l/spring-core-5.2.0.RELEASE.jar', manifest))).toEqual([
      { ...expected, properties: { identified: 'file name' } },
    ]);
  });

  it('reads a Jenkins plugin by its manifest', () => {
    const manifest = 'Group-Id: org.jenkins-ci.plugins\nPlugin-Version: 4.11.3 (private)\nLong-Name: Git\n plugin\n';
    expect(scan('/j/git.hpi', { 'META-INF/MANIFEST.MF': manifest, 'WEB-INF/lib/git.jar': '' })).toEqual([
      {
        kind: 'package',
        package: {
          type: 'maven',
          namespace: 'org.jenkins-ci.plugins',
          name: 'git',
          version: '4.11.3',
          properties: { identified: 'manifest' },
        },
      },
    ]);
  });

  it('lists nothing for sources and documentation', () => {
    expect(scan('/l/snakeyaml-1.23-sources.jar', pom('org.yaml', 'snakeyaml', '1.23'))).toEqual([]);
    expect(scan('/l/snakeyaml-1.23-javadoc.jar', pom('org.yaml', 'snakeyaml', '1.23'))).toEqual([]);
  });

  it('lists nothing for an archive that says nothing', () => {
    expect(scan('/opt/resources.jar', { 'a.txt': 'x' })).toEqual([]);
  });

  it('survives coordinates full of rubbish', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        parsePom(text);
        parsePom(`<project>${text}</project>`);
        parseManifest(text);
        parseProperties(text);
      }),
    );
  });

  it('reads a pom of a million open tags in linear time', () => {
    expect(parsePom(`<project>${'<a>'.repeat(1_000_000)}`)).toEqual({ licenses: [] });
  });
});

describe('file names of Java archives', () => {
  const facts: readonly (readonly [file: string, artifact: string, version: string | undefined])[] = [
    ['spring-core-5.2.0.RELEASE.jar', 'spring-core', '5.2.0.RELEASE'],
    ['commons-lang3-3.11.jar', 'commons-lang3', '3.11'],
    ['guava-29.0-jre.jar', 'guava', '29.0-jre'],
    ['log4j-1.2-api-2.14.1.jar', 'log4j-1.2-api', '2.14.1'],
    ['netty-transport-native-epoll-4.1.50.Final-linux-x86_64.jar', 'netty-transport-native-epoll', '4.1.50.Final'],
    ['jackson-databind-2.9.8-sources.jar', 'jackson-databind', '2.9.8'],
    ['bcprov-jdk15on-1.60.jar', 'bcprov-jdk15on', '1.60'],
    ['app.jar', 'app', undefined],
    ['web-app-1.0-SNAPSHOT.war', 'web-app', '1.0-SNAPSHOT'],
    ['h2-1.4.200.jar', 'h2', '1.4.200'],
    ['-1.jar', '-1', undefined],
  ];
  for (const [file, artifact, version] of facts) {
    it(`splits ${file}`, () => {
      expect(parseFileName(`/lib/${file}`)).toMatchObject({ artifact, ...(version && { version }) });
    });
  }
});
