import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/catalog/erlang/detector.ts';
import { parseApp } from '../../../src/catalog/erlang/parse-app.ts';
import { packagesOf, problemsOf, runDetectors } from '../../support/detector-harness.ts';

const scan = (path: string, text: string) => runDetectors(detectors, { [path]: text });

describe('Erlang applications', () => {
  it('reads a package of Hex and what it needs from Hex', () => {
    const text = `%% generated {application, no, []}
{application,phoenix,
    [{description,"Peace of mind"},
     {vsn,"1.7.10"},
     {modules,['Elixir.Phoenix']},
     {applications,[kernel,stdlib,elixir,plug,'phoenix_pubsub']}]}.
`;
    expect(packagesOf(scan('/app/lib/phoenix-1.7.10/ebin/phoenix.app', text))).toEqual([
      { type: 'hex', name: 'phoenix', version: '1.7.10', dependsOn: ['phoenix_pubsub', 'plug'] },
    ]);
  });

  it('tells the applications of the platform from packages', () => {
    const text = '{application, ssl, [{vsn, "10.9"}, {applications, [crypto, public_key, kernel, stdlib]}]}.';
    expect(packagesOf(scan('/usr/lib/erlang/lib/ssl-10.9/ebin/ssl.app', text))).toEqual([
      { type: 'otp', name: 'ssl', version: '10.9', dependsOn: ['crypto', 'kernel', 'public_key', 'stdlib'] },
    ]);
  });

  for (const text of [
    '',
    '{application, x, []}.',
    '{application, x, [{vsn, "%VSN%"}]}.',
    '{application, x, [{vsn, "1',
  ]) {
    it(`says that an application is lost when its file is ${JSON.stringify(text)}`, () => {
      expect(problemsOf(scan('/l/x/ebin/x.app', text))).toEqual([
        'PLM_FILE_UNREADABLE: no application name and version in it: this Erlang application is not listed',
      ]);
    });
  }

  it('reads any text without a throw', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (text) => void parseApp(`{application, x, [{vsn, "1"}, {applications, [${text}`),
      ),
    );
  });
});
