import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BASE62, BASE64URL, HEX, HEX_UPPER } from '../../src/secrets/shapes/char-set.ts';
import { run } from '../../src/secrets/shapes/parts.ts';
import { sampleOf } from '../../src/secrets/shapes/sample.ts';
import { verdictsIn } from '../support/found-values.ts';

const hex = sampleOf([run(HEX, 32)], 'forms');

describe('tokens in forms that vendors no longer issue or do not document', () => {
  it.each([
    ['twilio-api-key-capitals', `SK${sampleOf([run(HEX_UPPER, 32)], 'forms')}`],
    ['google-oauth-access-token', `ya29.${sampleOf([run(BASE62, 30)], 'forms')}`],
    ['anthropic-key-form', `sk-ant-admin-${sampleOf([run(BASE64URL, 40)], 'forms')}`],
    ['sk-api-key', `sk-${hex}`],
    ['sk-api-key', `sk-${sampleOf([run(BASE62, 48)], 'forms')}`],
  ])('%s: %s', (ruleId, token) =>
    expect(verdictsIn('/srv/x.py', `key = "${token}"\n`)).toEqual([{ ruleId, verdict: 'contextual' }]),
  );

  it.each([
    'sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    `task-${hex}`,
    `sk-${hex}-a`,
    'ya29.your-access-token-goes-here',
    'sk-ant-your-key-goes-here-1234567',
  ])('but not %s', (token) => expect(verdictsIn('/srv/x.py', `value("${token}")\n`)).toEqual([]));
});

/** A string in the heap of a .NET program: its length, two bytes a letter, a flag. */
function heapString(text: string): Buffer {
  return Buffer.concat([Buffer.from([(text.length * 2 + 1) & 0x7f]), Buffer.from(text, 'utf16le'), Buffer.from([0])]);
}

describe('strings of two bytes a letter in a program', () => {
  const inProgram = (...texts: string[]) =>
    verdictsIn(
      '/app/Shop.dll',
      Buffer.concat([
        Buffer.from('MZ\u0090\u0000\u0003', 'latin1'),
        Buffer.alloc(90, 0xcc),
        ...texts.map(heapString),
      ]).toString('latin1'),
    );

  it.each([
    ['connection-string-password', 'Server=db.intern;Database=shop;User Id=shop;Password=q8Zm2xKd91Tf;'],
    ['connection-url-password', 'amqp://shop:q8Zm2xKd91@mq.intern/shop'],
  ])('%s', (ruleId, text) => expect(inProgram('Hello', text, 'password')).toEqual([{ ruleId, verdict: 'contextual' }]));

  it('but not what holds no secret', () =>
    expect(inProgram('https://docs.intern/a/b', 'Password={0};User Id={1}', 'PublicKey=1')).toEqual([]));
});

describe('keys without the lines around them', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');

  it.each([
    ['as a setting', `privateKey: ${pkcs8}\n`, 'proven'],
    ['wrapped', `key = """\n${pkcs8.match(/.{1,76}/g)?.join('\n')}\n"""\n`, 'proven'],
    [
      'with letters replaced',
      `privateKey: ${pkcs8.slice(0, 60)}${randomBytes(300).toString('base64url').replaceAll(/[-_]/g, 'x')}\n`,
      'contextual',
    ],
  ])('%s', (_, text, verdict) =>
    expect(verdictsIn('/srv/x.yaml', text)).toEqual([{ ruleId: 'private-key-bare-base64', verdict }]),
  );

  it('but not public ones', () =>
    expect(
      verdictsIn('/srv/x.yaml', `key: ${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}\n`),
    ).toEqual([]));
});
