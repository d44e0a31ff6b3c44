import { describe, expect, it } from 'vitest';
import { crc32Base62 } from '../../src/secrets/checksum.ts';
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

describe('tokens that lie beside other texts', () => {
  const body = sampleOf([run(BASE62, 30)], 'beside');
  const token = `ghp_${body}${crc32Base62(body, 6)}`;

  it.each([
    ['columns of a database', `\x04\x17api_token${token}\x05\x19region`],
    ['constants of a program', `unexpected EOF${token}invalid syntax`],
    ['values of compiled code', `\xda(${token}N)\x01`],
  ])('%s, are found where the checksum holds', (_, text) =>
    expect(foundIn('/srv/app/bin', text)).toEqual([{ ruleId: 'github-pat', value: token }]),
  );

  it('right after a name, are found where their prefix ends no word', () => {
    const pat = `glpat-${sampleOf([run(BASE62, 20)], 'glpat')}`;
    expect(foundIn('/srv/app.db', `\x04\x17api_token${pat}\x05`)).toEqual([{ ruleId: 'gitlab-pat', value: pat }]);
  });

  it('are not where it does not', () =>
    expect(ids(`api_token${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}region`, '/srv/app/bin')).toEqual([]));

  it.each([
    ['after a name in small letters', 'id', ''],
    ['before one', '', 'region'],
  ])('in capitals, are found %s', (_, before, after) => {
    const id = `${['AK', 'IA'].join('')}Q5TZ3MWNKXRD6VLB`;
    expect(foundIn('/srv/app/bin', `\x04${before}${id}${after}\x05`)).toEqual([
      { ruleId: 'aws-access-key-id', value: id },
    ]);
  });

  it('in capitals, are not within base64', () =>
    expect(ids(`"iyAQMAaKo${['AK', 'IA'].join('')}SASACKAKUARD0DSABIAFBBHRBF2pBcHEi"`, '/srv/p.wasm.js')).toEqual([]));

  it('in capitals, are not within other capitals', () =>
    expect(ids(`MSKLRE${['AK', 'IA'].join('')}Q5TZ3MWNKXRD6VLBHHLLE`, '/srv/p.fasta')).toEqual([]));
});
