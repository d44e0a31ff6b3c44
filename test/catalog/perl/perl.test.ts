import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/catalog/perl/detector.ts';
import { parseLocalPod } from '../../../src/catalog/perl/parse-install.ts';
import { packagesOf, problemsOf, runDetectors } from '../../support/detector-harness.ts';

const META = '/usr/local/lib/perl5/site_perl/5.36.0/x86_64-linux-gnu/.meta/HTTP-Message-6.45/install.json';
const scan = (path: string, text: string) => runDetectors(detectors, { [path]: text });

describe('Perl distributions', () => {
  it('reads what cpanm recorded', () => {
    const text =
      '{"name":"HTTP::Message","dist":"HTTP-Message-6.45","version":"6.45","provides":{"HTTP::Request":{},"HTTP::Message":{}}}';
    expect(packagesOf(scan(META, text))).toEqual([
      { type: 'cpan', name: 'HTTP-Message', version: '6.45', provides: ['HTTP::Message', 'HTTP::Request'] },
    ]);
  });

  it('reads the last record of each module in perllocal.pod', () => {
    const record = (module: string, version: string) =>
      `=head2 Mon Jan  1 00:00:00 2024: C<Module> L<${module}|${module}>\n\n=over 4\n\n=item *\n\nC<installed into: /usr>\n\n=item *\n\nC<VERSION: ${version}>\n\n=back\n\n`;
    const text = record('JSON::XS', '3.0') + record('DBI', '1.643') + record('JSON::XS', '4.03');
    expect(packagesOf(scan('/usr/lib/perl5/perllocal.pod', text))).toEqual([
      { type: 'cpan', name: 'JSON-XS', version: '4.03', provides: ['JSON::XS'] },
      { type: 'cpan', name: 'DBI', version: '1.643', provides: ['DBI'] },
    ]);
  });

  for (const text of ['', '{', '[]', '{"dist":"X-1"}']) {
    it(`says that a distribution is lost when its record is ${JSON.stringify(text)}`, () => {
      expect(problemsOf(scan(META, text))).toEqual([
        'PLM_FILE_UNREADABLE: names no distribution and version: this Perl distribution is not listed',
      ]);
    });
  }

  it('finds nothing in an empty perllocal.pod and survives any other', () => {
    expect(scan('/usr/lib/perl5/perllocal.pod', '')).toEqual([]);
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseLocalPod(`=head2 C<Module> L<${text}`)));
  });
});
