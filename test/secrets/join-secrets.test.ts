import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/limits.ts';
import { type JoinContext, joinSecrets } from '../../src/secrets/join-secrets.ts';
import { createSecretScanner, type SecretDraft } from '../../src/secrets/stream-scanner.ts';

const PRESENT: JoinContext = { state: () => ({ state: 'present' }), unmodifiedOwner: () => undefined };

function draftsOf(files: Readonly<Record<string, string>>): SecretDraft[] {
  const scanner = createSecretScanner({ limits: DEFAULT_LIMITS });
  for (const [path, text] of Object.entries(files)) scanner.scanBytes(path, Buffer.from(text));
  return scanner.finish();
}

const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
const keyPem = rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
const { n = '', e = '' } = rsa.publicKey.export({ format: 'jwk' });

/** The public half as OpenSSH writes it (RFC 4253 section 6.6). */
function sshPublicKey(): string {
  const field = (bytes: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const unsigned = (text: string) => {
    const bytes = Buffer.from(text, 'base64url');
    return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes;
  };
  const blob = Buffer.concat([field(Buffer.from('ssh-rsa')), field(unsigned(e)), field(unsigned(n))]);
  return `ssh-rsa ${blob.toString('base64')} deploy@intern\n`;
}

describe('joinSecrets', () => {
  it('proves a key by its public half in another layer', () => {
    const secrets = joinSecrets(
      [
        { layer: 0, drafts: draftsOf({ '/srv/key.pem': keyPem }) },
        { layer: 1, drafts: draftsOf({ '/root/.ssh/authorized_keys': sshPublicKey() }) },
      ],
      PRESENT,
    );
    expect(secrets.map(({ path, layer, verdict, proof }) => ({ path, layer, verdict, proof }))).toEqual([
      { path: '/srv/key.pem', layer: 0, verdict: 'proven', proof: 'rsa n=p*q, pairs with /root/.ssh/authorized_keys' },
    ]);
  });

  it('tells a secret of a member once where the archive shows its bytes as well', () => {
    const text = `DB_PASSWORD=${['q8Zm2xKd', '91Vb7Nw3'].join('')}\n`;
    const secrets = joinSecrets(
      [{ layer: 0, drafts: draftsOf({ '/srv/a.conf': text, '/srv/a.conf!/b.conf': text, '/srv/c.conf': text }) }],
      PRESENT,
    );
    expect(secrets.map(({ path, suppressed }) => ({ path, reason: suppressed?.reason }))).toEqual([
      { path: '/srv/a.conf', reason: 'duplicate' },
      { path: '/srv/a.conf!/b.conf', reason: undefined },
      { path: '/srv/c.conf', reason: undefined },
    ]);
  });

  it('proves an AWS id and its secret by each other', () => {
    const id = ['AKIA', 'Q5TZ3MWNKXRD6VLB'].join('');
    const secret = ['q8Zm2xKd91Vb7Nw3', 'Tc5Hd1Jf9sLq0Zx7Rt4YpWe2'].join('');
    const secrets = joinSecrets(
      [{ layer: 2, drafts: draftsOf({ '/app/.env': `AWS_ACCESS_KEY_ID=${id}\nAWS_SECRET_ACCESS_KEY=${secret}\n` }) }],
      PRESENT,
    );
    expect(secrets.map(({ ruleId, verdict, line, column }) => ({ ruleId, verdict, line, column }))).toEqual([
      { ruleId: 'aws-access-key-id', verdict: 'proven', line: 1, column: 19 },
      { ruleId: 'aws-secret-access-key', verdict: 'proven', line: 2, column: 23 },
    ]);
  });

  it('gives every file instance its state', () => {
    const drafts = draftsOf({ '/srv/key.pem': keyPem });
    const context: JoinContext = {
      state: (layer) => (layer === 0 ? { state: 'deleted', removedIn: 3 } : { state: 'present' }),
      unmodifiedOwner: () => undefined,
    };
    const secrets = joinSecrets(
      [
        { layer: 0, drafts },
        { layer: 4, drafts },
      ],
      context,
    );
    expect(secrets.map(({ layer, state, removedIn }) => ({ layer, state, removedIn }))).toEqual([
      { layer: 0, state: 'deleted', removedIn: 3 },
      { layer: 4, state: 'present', removedIn: undefined },
    ]);
  });

  it('looks up members of archives by the file that holds them', () => {
    const asked: string[] = [];
    const context: JoinContext = {
      ...PRESENT,
      state: (_, path) => {
        asked.push(path);
        return { state: 'present' };
      },
    };
    joinSecrets([{ layer: 0, drafts: draftsOf({ '/opt/app.jar!/conf/key.pem': keyPem }) }], context);
    expect(asked).toEqual(['/opt/app.jar']);
  });

  it('keeps what an untouched package brought, suppressed with the package', () => {
    const context: JoinContext = { ...PRESENT, unmodifiedOwner: () => 'pkg:deb/debian/libtest' };
    const [secret] = joinSecrets([{ layer: 0, drafts: draftsOf({ '/usr/lib/libtest.so': keyPem }) }], context);
    expect(secret?.suppressed).toEqual({ reason: 'package-owned', rule: 'pkg:deb/debian/libtest' });
  });

  it('keeps examples in the documentation of installed packages, suppressed', () => {
    const [secret] = joinSecrets(
      [{ layer: 0, drafts: draftsOf({ '/app/node_modules/signer/README.md': keyPem }) }],
      PRESENT,
    );
    expect(secret?.suppressed).toEqual({ reason: 'package-documentation' });
  });

  it('never carries the value', () => {
    const secrets = joinSecrets([{ layer: 0, drafts: draftsOf({ '/srv/key.pem': keyPem }) }], PRESENT);
    const text = JSON.stringify(secrets);
    expect(
      keyPem.split('\n').filter((line) => line.length > 20 && !line.startsWith('-') && text.includes(line)),
    ).toEqual([]);
  });
});
