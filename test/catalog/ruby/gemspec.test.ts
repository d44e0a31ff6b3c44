import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/catalog/ruby/detector.ts';
import { parseGemspec } from '../../../src/catalog/ruby/parse-gemspec.ts';
import { packagesOf, problemsOf, runDetectors } from '../../support/detector-harness.ts';

const FOLDER = '/usr/local/bundle/specifications';
const LOST = 'PLM_FILE_UNREADABLE: name or version is not written out in it: this Ruby gem is not listed';
const scan = (path: string, text: string) => runDetectors(detectors, { [path]: text });

describe('Ruby gems', () => {
  it('reads the stub line, licences and run-time dependencies', () => {
    const text = `# -*- encoding: utf-8 -*-
# stub: nokogiri 1.8.2 x86_64-linux lib
# stub: ext/nokogiri/extconf.rb

Gem::Specification.new do |s|
  s.name = "nokogiri".freeze
  s.version = "1.8.2"
  s.licenses = ["MIT".freeze, 'BSDL']
  s.description = "s.version = 9"
  if s.respond_to? :add_runtime_dependency then
    s.add_runtime_dependency(%q<mini_portile2>.freeze, ["~> 2.3.0"])
    s.add_development_dependency(%q<rake>.freeze, [">= 0"])
  else
    s.add_dependency(%q<mini_portile2>.freeze, ["~> 2.3.0"])
    s.add_dependency(%q<rake>.freeze, [">= 0"])
  end
end
`;
    expect(packagesOf(scan(`${FOLDER}/nokogiri-1.8.2-x86_64-linux.gemspec`, text))).toEqual([
      {
        type: 'gem',
        name: 'nokogiri',
        version: '1.8.2',
        qualifiers: { platform: 'x86_64-linux' },
        licenses: ['MIT', 'BSDL'],
        dependsOn: ['mini_portile2'],
      },
    ]);
  });

  it('reads a specification without stub, and marks gems that come with Ruby', () => {
    const text =
      "Gem::Specification.new do |spec|\n  spec.name = 'json'\n  spec.version = Gem::Version.new('2.2.0')\n  spec.license = 'Ruby'\nend\n";
    expect(packagesOf(scan('/usr/lib/ruby/gems/2.7.0/specifications/default/json-2.2.0.gemspec', text))).toEqual([
      { type: 'gem', name: 'json', version: '2.2.0', licenses: ['Ruby'], properties: { default: 'true' } },
    ]);
  });

  it('takes a gem that Bundler fetched from a repository, not copies inside gems', () => {
    const text = "Gem::Specification.new do |s|\n s.name = 'x'\n s.version = '1.0'\nend\n";
    expect(packagesOf(scan('/b/bundler/gems/x-0a1b2c/x.gemspec', text))).toEqual([
      { type: 'gem', name: 'x', version: '1.0' },
    ]);
    expect(scan('/b/gems/x-1.0/x.gemspec', text)).toEqual([]);
  });

  it('takes every gem of a repository that holds several, not its samples', () => {
    const text = "Gem::Specification.new do |s|\n s.name = 'activesupport'\n s.version = '7.1.0'\nend\n";
    expect(packagesOf(scan('/b/bundler/gems/rails-0a1b2c/activesupport/activesupport.gemspec', text))).toEqual([
      { type: 'gem', name: 'activesupport', version: '7.1.0' },
    ]);
    expect(scan('/b/bundler/gems/rails-0a1b2c/test/x.gemspec', text)).toEqual([]);
    expect(scan('/b/bundler/gems/rails-0a1b2c/railties/lib/templates/x.gemspec', text)).toEqual([]);
  });

  it('cuts the platform off a version that repeats it', () => {
    expect(packagesOf(scan(`${FOLDER}/x.gemspec`, '# stub: x 1.2.3-java java lib\n'))).toEqual([
      { type: 'gem', name: 'x', version: '1.2.3', qualifiers: { platform: 'java' } },
    ]);
  });

  for (const text of [
    '',
    'bogus',
    'Gem::Specification.new do |s|\n s.name = "x"\nend',
    's.name = "x"\ns.version = X::VERSION\n',
    's.name = "x"\ns.version = "1.#{2}"\n',
    's.name = "../x"\ns.version = "1"\n',
  ]) {
    it(`says that a gem is lost when its specification is ${JSON.stringify(text.slice(0, 40))}`, () => {
      expect(problemsOf(scan(`${FOLDER}/x.gemspec`, text))).toEqual([LOST]);
    });
  }

  it('reads any text without a throw, and long lines in linear time', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (text) => void parseGemspec(`s.name = ${text}\ns.licenses = [${text}]`),
      ),
    );
    expect(parseGemspec(`s.licenses = [${'"'.repeat(99_000)}\ns.x = ${'%q<'.repeat(500_000)}`)).toBeUndefined();
  });
});
