import { describe, expect, it } from 'vitest';
import { isDocumentation, isInstalled } from '../../src/secrets/package-files.ts';

describe('what package managers installed', () => {
  it.each([
    '/usr/lib/python3.11/urllib/request.py',
    '/root/.pyenv/versions/3.12.1/lib/python3.12/urllib/request.py',
    '/opt/conda/lib/python3.11/urllib/request.py',
    '/opt/venv/lib64/python3.11/site-packages/a/b.py',
    '/usr/local/rvm/rubies/ruby-3.3.0/lib/ruby/3.3.0/net/http.rb',
    '/usr/lib/x86_64-linux-gnu/perl5/5.36/Net/SSLeay.pm',
    '/usr/share/perl5/LWP/Protocol/http.pm',
    '/usr/lib/R/library/httr/R/oauth.R',
    '/root/.nuget/packages/a/1.0.0/a.xml',
    '/root/.rustup/toolchains/stable/lib/rustlib/src/a.rs',
    '/usr/lib/google-cloud-sdk/lib/surface/a.py',
  ])('%s', (path) => expect(isInstalled(path)).toBe(true));

  it.each(['/srv/app/settings.py', '/opt/app/lib/config.py', '/home/dev/python3/key.py', '/var/lib/app/secrets.yml'])(
    'not %s',
    (path) => expect(isInstalled(path)).toBe(false),
  );

  it('its tests and documentation hold what was published', () =>
    expect(
      [
        '/root/.pyenv/versions/3.12.1/lib/python3.12/test/certdata/keycert.pem',
        '/opt/conda/lib/python3.11/site-packages/a/tests/server.key',
        '/root/.pyenv/versions/3.12.1/lib/python3.12/ssl.py',
        '/srv/app/tests/server.key',
      ].map(isDocumentation),
    ).toEqual([true, true, false, false]));
});
