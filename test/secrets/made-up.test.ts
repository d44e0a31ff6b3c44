import { describe, expect, it } from 'vitest';
import { isBasicLogin, isWordyLogin } from '../../src/secrets/basic-login.ts';
import { isDrawn } from '../../src/secrets/plausible.ts';
import { BASE62, LOWER, LOWER_ALNUM, UPPER_ALNUM } from '../../src/secrets/shapes/char-set.ts';
import { run } from '../../src/secrets/shapes/parts.ts';
import { sampleOf } from '../../src/secrets/shapes/sample.ts';
import { holdsWords, isUncommon } from '../../src/secrets/words.ts';
import { isWordy } from '../../src/secrets/wordy-password.ts';
import { verdictsIn } from '../support/found-values.ts';

const SEEDS = Array.from({ length: 200 }, (_, index) => `made up ${index}`);

describe('drawn values', () => {
  it.each([
    ['base 62', BASE62, 40],
    ['base 36', LOWER_ALNUM, 40],
    ['capitals and digits', UPPER_ALNUM, 40],
    ['base 36, long', LOWER_ALNUM, 80],
  ] as const)('%s: 19 of 20', (_, set, length) => {
    const drawn = SEEDS.filter((seed) => isDrawn(sampleOf([run(set, length)], seed)));
    expect(drawn.length / SEEDS.length).toBeGreaterThanOrEqual(0.95);
  });

  it('letters alone have few pairs of words', () => {
    const uncommon = SEEDS.filter((seed) => isUncommon(sampleOf([run(LOWER, 24)], seed)));
    expect(uncommon.length / SEEDS.length).toBeGreaterThanOrEqual(0.95);
  });

  it.each([
    'AssumeRoleWithWebIdentity',
    'generateSecretKeyForScheme2',
    'authorization_token_9of10',
    'SharedAuthorizationRuleListResult1',
  ])('but not %s', (text) => expect([isDrawn(text), holdsWords(text)]).toEqual([false, true]));

  it('nor the example of a standard', () => expect(isDrawn(['tGzv3JOkF0X', 'G5Qx2TlKWIA'].join(''))).toBe(false));
});

describe('passwords of words', () => {
  it.each([
    ['super_secret', ''],
    ['P@ssw0rd1', ''],
    ['MagicWord', ''],
    ['pers0n', ''],
    ['minio123', 'minio'],
    ['repluser-1', 'repluser'],
    ['foo12345', ''],
  ])('%s', (password, user) => expect(isWordy(password, user)).toBe(true));

  it.each(['q8Zm2xKd91', 'xkqjwzvbhg', 'qzvx-wjkd-pfgh', 'Kx7Zq', 'pBU94AGAY85e'])('but not %s', (password) =>
    expect(isWordy(password)).toBe(false),
  );
});

describe('logins in base64', () => {
  const base64 = (text: string) => Buffer.from(text, 'latin1').toString('base64');

  it.each([
    ['of a password that was drawn', 'ci:q8Zm2xKd91', true, false],
    ['of words', 'alice:secret123', true, true],
    ['of a manual', 'user:password', false, true],
    ['of a text without a colon', 'this is a long string', false, false],
    ['of a placeholder', 'ci:changeme', false, true],
  ])('%s', (_, text, login, wordy) =>
    expect([isBasicLogin(base64(text)), isWordyLogin(base64(text))]).toEqual([login, wordy]),
  );

  it.each([
    ['that decode to no text and look drawn', sampleOf([run(BASE62, 40)], 'basic'), true],
    ['of a length that base64 has not', sampleOf([run(BASE62, 41)], 'basic'), false],
  ])('%s', (_, value, login) => expect(isBasicLogin(value)).toBe(login));
});

describe('the password of a URL', () => {
  it.each([
    ['with escapes', 'https://ci:q8%2FZm2%40xKd91@git.intern/x', 'contextual'],
    ['of drawn letters', 'https://ci:xkqjwzvbhg@git.intern/x', 'contextual'],
    ['of words', 'http://ci:super_secret@git.intern/x', 'generic'],
    ['of words with escapes', 'http://ci:my%20own%20words@git.intern/x', 'generic'],
    ['that is the user and a number', 'http://minio:minio123@files.intern:9000/', 'generic'],
  ])('%s', (_, url, verdict) =>
    expect(verdictsIn('/srv/notes', `url ${url}\n`)).toEqual([{ ruleId: 'connection-url-password', verdict }]),
  );

  it.each([
    'postgres://[user[:password9]]@localhost/db',
    'http://s1lly:q8Zm2xKd91@%HOST:%PORT/',
    'postgres://ci:q8Zm2xKd91@:5432/x',
  ])('but not %s', (url) => expect(verdictsIn('/srv/notes', `url ${url}\n`)).toEqual([]));
});
