import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/limits.ts';
import type { Secret } from '../../src/model/secret.ts';
import type { SecretDraft } from '../../src/secrets/draft.ts';
import { joinSecrets } from '../../src/secrets/join-secrets.ts';
import { opensSealed, readSealed } from '../../src/secrets/keys/sealed-text.ts';
import { sealedTexts } from '../../src/secrets/prove-opened.ts';
import { scanConfig } from '../../src/secrets/scan-config.ts';
import { createSecretScanner } from '../../src/secrets/stream-scanner.ts';
import { emptyConfig } from '../support/image-config.ts';

const KEY = ['8f3a6c1d9e', '0b5274a7c3e18d46f92b50'].join('');
const OTHER_KEY = ['17c5e09a3b', '6d8f42e1b7a09c35d8e4f6'].join('');

/** As Rails writes it: data, initialization vector and tag in base64, two hyphens between them. */
function seal(key: string): string {
  const iv = Buffer.from('0102030405060708090a0b0c', 'hex');
  const cipher = createCipheriv('aes-128-gcm', Buffer.from(key, 'hex'), iv);
  const data = Buffer.concat([cipher.update('secret_key_base: x\n'), cipher.final()]);
  return [data, iv, cipher.getAuthTag()].map((part) => part.toString('base64')).join('--');
}

function draftsOf(files: Readonly<Record<string, string>>): SecretDraft[] {
  const scanner = createSecretScanner({ limits: DEFAULT_LIMITS });
  for (const [path, text] of Object.entries(files)) scanner.scanBytes(path, Buffer.from(text));
  return scanner.finish();
}

/** What the layers of an image, as files by path, come to. */
function joined(...layers: readonly Readonly<Record<string, string>>[]): readonly Secret[] {
  return joinSecrets(
    layers.map((files, layer) => ({ layer, drafts: draftsOf(files) })),
    { state: () => ({ state: 'present' }), unmodifiedOwner: () => undefined },
  );
}

function verdicts(...layers: readonly Readonly<Record<string, string>>[]): string[] {
  return joined(...layers).map(
    ({ layer, path, ruleId, verdict, proof }) => `${layer} ${path} ${ruleId} ${verdict} ${proof ?? '-'}`,
  );
}

describe('a Rails key', () => {
  it.each([
    ['/app/config/master.key', '/app/config/credentials.yml.enc'],
    ['/app/config/credentials/beta.key', '/app/config/credentials/beta.yml.enc'],
    ['/srv/app.war!/WEB-INF/config/master.key', '/app/config/credentials.yml.enc'],
  ])('at %s is proven by what it opens', (keyPath, sealedPath) => {
    expect(verdicts({ [sealedPath]: seal(KEY), [keyPath]: `${KEY}\n` })).toEqual([
      `0 ${keyPath} rails-master-key proven opens ${sealedPath}`,
    ]);
  });

  it('given to a variable is proven by what it opens', () => {
    expect(
      verdicts({ '/app/config/credentials.yml.enc': seal(KEY), '/app/.env': `RAILS_MASTER_KEY=${KEY}\n` }),
    ).toEqual(['0 /app/.env rails-master-key-variable proven opens /app/config/credentials.yml.enc']);
  });

  it('that opens nothing stays contextual', () => {
    expect(verdicts({ '/app/config/credentials.yml.enc': seal(OTHER_KEY), '/app/config/master.key': KEY })).toEqual([
      '0 /app/config/master.key rails-master-key contextual -',
    ]);
  });

  it.each([
    [{ '/app/config/master.key': KEY }, { '/app/config/credentials.yml.enc': seal(KEY) }, 0],
    [{ '/app/config/credentials.yml.enc': seal(KEY) }, { '/app/config/master.key': KEY }, 1],
  ])('is proven by what it opens in another layer', (lower, upper, layer) => {
    expect(verdicts(lower, upper)).toEqual([
      `${layer} /app/config/master.key rails-master-key proven opens /app/config/credentials.yml.enc`,
    ]);
  });

  it('is in nothing that the layers come to', () => {
    const sealed = { '/app/config/credentials.yml.enc': seal(KEY) };
    const text = JSON.stringify(joined(sealed, { '/app/config/master.key': KEY, '/srv/config/master.key': OTHER_KEY }));
    expect([KEY, OTHER_KEY, Buffer.from(KEY, 'hex').toString('base64')].filter((form) => text.includes(form))).toEqual(
      [],
    );
  });

  it('in the environment is proven by a file of any layer', () => {
    const config = emptyConfig({ env: [{ name: 'RAILS_MASTER_KEY', value: KEY }] });
    const sealed = sealedTexts(draftsOf({ '/app/config/credentials.yml.enc': seal(KEY) }));
    const found = scanConfig({ config }, sealed).secrets;
    expect(found.map(({ source, name, verdict, proof }) => ({ source, name, verdict, proof }))).toEqual([
      {
        source: 'env',
        name: 'RAILS_MASTER_KEY',
        verdict: 'proven',
        proof: 'opens /app/config/credentials.yml.enc',
      },
    ]);
    expect(JSON.stringify(found)).not.toContain(KEY);
  });
});

describe('readSealed', () => {
  it.each([['a--b'], ['a--b--c--d'], ['QUJD--QUJD--QUJD'], ['--AQIDBAUGBwgJCgsM--'], ['secret: plain text\n']])(
    'refuses %j',
    (text) => {
      expect(readSealed(Buffer.from(text))).toBeUndefined();
    },
  );

  it('bears altered texts, which no key opens', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.constantFrom('A', '-', '=', '\u0000'), (at, letter) => {
        const text = seal(KEY);
        const altered = `${text.slice(0, at)}${text[at] === letter ? 'B' : letter}${text.slice(at + 1)}`;
        const sealed = readSealed(Buffer.from(altered));
        expect(sealed !== undefined && opensSealed(KEY, sealed)).toBe(false);
      }),
    );
  });
});
