import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DECODERS } from '../../src/secrets/decoders.ts';
import { BASE62, HEX } from '../../src/secrets/shapes/char-set.ts';
import { run } from '../../src/secrets/shapes/parts.ts';
import { sampleOf } from '../../src/secrets/shapes/sample.ts';
import { foundIn } from '../support/found-values.ts';

const drawn = sampleOf([run(BASE62, 20)], 'decoders');
const base64 = (text: string) => Buffer.from(text).toString('base64');
const ids = (text: string) => foundIn('/srv/secret.yaml', text).map(({ ruleId }) => ruleId);

/** The ranges of texts that are encoded as a whole. */
function runs(content: string): string[] {
  const rule = DECODERS.find(({ id }) => id === 'base64-of-text');
  const bytes = Buffer.from(content);
  return (rule?.anchors ?? [])
    .flatMap((anchor) => [...content.matchAll(new RegExp(anchor, 'g'))].map(({ index }) => ({ index, anchor })))
    .map(({ index, anchor }) => ({ path: '/x', bytes, start: 0, end: bytes.length, at: index, length: anchor.length }))
    .flatMap((site) => rule?.inspect(site) ?? [])
    .map(({ start, end }) => content.slice(start, end));
}

/** A token whose claims do not fit into the room for one line. */
const longToken = [
  { alg: 'RS256', kid: 'a1' },
  { iss: 'kubernetes/serviceaccount', sub: `system:${'x'.repeat(300)}` },
]
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .concat(sampleOf([run(BASE62, 342)], 'signature'))
  .join('.');

describe('base64 of a URL, whatever it is called', () => {
  it.each(['ftp', 'amqp', 'mysql', 'redis', 'mongodb', 'mongodb+srv', 'postgresql', 'https'])('%s', (scheme) =>
    expect(ids(`data:\n  WHERE: ${base64(`${scheme}://shop:${drawn}@db.intern/shop`)}\n`)).toEqual([
      'connection-url-password',
    ]),
  );

  it('but not of one without a password', () =>
    expect(ids(`data:\n  WHERE: ${base64('https://shop.intern/a/b?c=d')}\n`)).toEqual([]));
});

describe('base64 of a whole text', () => {
  it('that is a long token', () =>
    expect(ids(`data:\n  token: ${base64(longToken)}\n`)).toEqual(['kubernetes-service-account-token']));

  it.each([
    ['compact', ''],
    ['with two blanks', '  '],
    ['with a tab', '\t'],
  ])('that is a registry login, %s', (_, indent) => {
    const auths = { 'a.intern': { auth: base64(`ci:${drawn}`) }, 'b.intern': { auth: base64(`cd:${drawn}x`) } };
    expect(ids(`data:\n  .dockerconfigjson: ${base64(JSON.stringify({ auths }, null, indent))}\n`)).toEqual([
      'docker-auth',
      'docker-auth',
    ]);
  });

  it('that is a script of the first boot', () =>
    expect(
      ids(`"user_data_base64": "${base64(`#!/bin/sh\nexport DB_PASSWORD=${drawn}\nexport API_TOKEN=${drawn}y\n`)}"`),
    ).toEqual(['generic-password', 'generic-token']));

  it('tells where in the range each finding lies', () => {
    const text = `#!/bin/sh\nexport DB_PASSWORD=${drawn}\n`;
    const [found] = foundIn('/srv/x.json', `{"user_data": "${base64(text)}"}`);
    expect(base64(text)).toContain(found?.value);
    expect(Buffer.from(found?.value ?? '', 'base64').length).toBeLessThan(30);
  });

  it('each of a list, up to its padding', () => {
    const texts = ['ab', 'cd'].map((name) => base64(`#!/bin/sh\nexport DB_PASSWORD=${drawn}${name} # ${name}.\n`));
    expect(runs(texts.join('\n'))).toEqual(texts);
  });

  it('but not binary content', () =>
    expect(ids(`x: ${Buffer.concat([Buffer.from('#!/bin/'), Buffer.alloc(90, 200)]).toString('base64')}`)).toEqual([]));
});

describe('base64 of settings', () => {
  it('that are named connection string', () => {
    const settings = `Endpoint=sb://a.intern/;SharedAccessKey=${sampleOf([run(HEX, 43)], 'b')}=`;
    expect(ids(`data:\n  SB_CONNECTION_STRING: ${base64(settings)}\n`)).toEqual(['azure-shared-access-key']);
  });
});

describe('base64 of a key, wrapped', () => {
  const pem = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'sec1', format: 'pem' })
    .toString();

  it.each([
    ['at 64', 64, '\n'],
    ['at 76', 76, '\n'],
    ['at 76 with carriage returns', 76, '\r\n'],
  ])('%s', (_, width, lineBreak) => {
    const lines = base64(pem).match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
    expect(ids(lines.join(lineBreak))).toEqual(['private-key-ec-pem']);
  });
});
