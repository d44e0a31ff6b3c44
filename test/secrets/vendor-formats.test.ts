import { describe, expect, it } from 'vitest';
import { BASE62, BASE64URL, HEX } from '../../src/secrets/shapes/char-set.ts';
import { run } from '../../src/secrets/shapes/parts.ts';
import { sampleOf } from '../../src/secrets/shapes/sample.ts';
import { foundIn } from '../support/found-values.ts';

const ids = (text: string, path = '/srv/app/.env') => foundIn(path, text).map(({ ruleId }) => ruleId);
const mapbox = (user: string) =>
  `sk.${Buffer.from(JSON.stringify({ u: user, a: sampleOf([run(BASE62, 25)], user) })).toString('base64url')}.${sampleOf([run(BASE64URL, 22)], 'm')}`;

describe('lengths that vendors draw', () => {
  it('Mapbox tokens of users with short names', () =>
    expect(ids(`T=${mapbox('ab')}\n`)).toEqual(['mapbox-secret-token']));

  it('Supabase keys: 22 letters and a checksum of 8', () =>
    expect(ids(`T=sb_secret_${sampleOf([run(BASE62, 22), '_', run(BASE62, 8)], 's')}\n`)).toEqual([
      'supabase-secret-key',
    ]));

  it('Mailgun keys beside an environment variable', () =>
    expect(ids(`key = process.env.MAILGUN_API || 'key-${sampleOf([run(HEX, 32)], 'mg')}'`, '/srv/a.js')).toEqual([
      'mailgun-private-key',
    ]));
});

describe('zero bytes in base64', () => {
  it('make no placeholder of a token', () =>
    expect(ids(`T="FlyV1 fm2_lJPECAAAAAAA${sampleOf([run(BASE62, 150)], 'fly')}"\n`)).toEqual(['flyio-macaroon']));

  it('but fill a template', () => expect(ids(`T=AIza${'A'.repeat(30)}q8Zm2\n`)).toEqual([]));
});

describe('passwords that Google draws for programs', () => {
  it.each(['qkzvwtrmbxnaeluo', 'qkzv wtrm bxna eluo'])('%s', (password) =>
    expect(foundIn('/srv/app/settings.py', `EMAIL_HOST_PASSWORD = "${password}"\n`).map(({ value }) => value)).toEqual([
      password,
    ]),
  );

  it.each(['correcthorsebatt', 'pleasechangethis', 'this must be long'])('but not words: %s', (password) =>
    expect(ids(`EMAIL_HOST_PASSWORD = "${password}"\n`, '/srv/app/settings.py')).toEqual([]),
  );
});

describe('keys of Django', () => {
  it('in env files, without quotes', () =>
    expect(
      ids(`SECRET_KEY=django-insecure-${sampleOf([run(BASE62, 20)], 'd').toLowerCase()}${'(a)#b%c9!d'.repeat(3)}\n`),
    ).toEqual(['django-secret-key']));
});

describe('texts that only look like tokens', () => {
  it('a search index with the letters of a Facebook token', () =>
    expect(ids(`x("EAAC${sampleOf([run(BASE62, 60)], 'i')}Zq${sampleOf([run(BASE62, 60)], 'j')}")`)).toEqual([]));
});
