import type { PackageDraft } from '../../model/package.ts';
import type { ErlangApplication } from './parse-app.ts';

/** Applications of Erlang/OTP and Elixir themselves: they are no packages of Hex and are versioned with their platform. */
const PLATFORM = new Set([
  ...[
    'asn1',
    'common_test',
    'compiler',
    'crypto',
    'debugger',
    'dialyzer',
    'diameter',
    'edoc',
    'eldap',
    'erl_docgen',
    'erl_interface',
  ],
  ...[
    'erts',
    'et',
    'eunit',
    'ftp',
    'inets',
    'jinterface',
    'kernel',
    'megaco',
    'mnesia',
    'observer',
    'odbc',
    'os_mon',
    'parsetools',
  ],
  ...[
    'public_key',
    'reltool',
    'runtime_tools',
    'sasl',
    'snmp',
    'ssh',
    'ssl',
    'stdlib',
    'syntax_tools',
    'tftp',
    'tools',
    'wx',
    'xmerl',
  ],
  // until release 24
  ...['gs', 'hipe', 'ic', 'orber', 'otp_mibs', 'percept', 'test_server', 'typer', 'webtool'],
  ...['eex', 'elixir', 'ex_unit', 'iex', 'logger', 'mix'],
]);

export function toPackage({ name, version, applications }: ErlangApplication): PackageDraft {
  const platform = PLATFORM.has(name);
  const needs = applications.filter((needed) => PLATFORM.has(needed) === platform).sort();
  return {
    type: platform ? 'otp' : 'hex',
    name,
    version,
    ...(needs.length > 0 && { dependsOn: [...new Set(needs)] }),
  };
}
