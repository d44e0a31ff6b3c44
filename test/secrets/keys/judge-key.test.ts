import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgePemKey } from '../../../src/secrets/keys/judge-key.ts';
import { readPemBlock } from '../../../src/secrets/keys/pem-block.ts';
import { readJavaKeystore } from '../../../src/secrets/keystores/java-keystore.ts';
import { readPkcs12 } from '../../../src/secrets/keystores/pkcs12.ts';

function judge(text: string) {
  const bytes = Buffer.from(text, 'latin1');
  const block = readPemBlock(bytes, bytes.indexOf('-----BEGIN'), bytes.length);
  return block === undefined ? undefined : judgePemKey(block);
}

function verdictOf(text: string): string {
  const judgement = judge(text);
  return judgement === undefined ? 'nothing' : `${judgement.verdict}: ${judgement.proof}`;
}

const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
const pkcs1 = rsa.export({ type: 'pkcs1', format: 'pem' }).toString();

describe('a private key', () => {
  it.each([
    ['in lines', pkcs1],
    ['with carriage returns', pkcs1.replaceAll('\n', '\r\n')],
    ['indented', pkcs1.replaceAll('\n', '\n      ')],
    ['in a JSON text', JSON.stringify({ key: pkcs1 })],
    ['escaped twice', JSON.stringify(JSON.stringify({ key: pkcs1 }))],
    ['in a URL', pkcs1.replaceAll('\n', '%0A')],
    [
      'as quoted lines of source',
      pkcs1
        .split('\n')
        .map((line) => `"${line}\\n" +`)
        .join('\n'),
    ],
    [
      'in shell comments',
      pkcs1
        .split('\n')
        .map((line) => `# ${line}`)
        .join('\n'),
    ],
    [
      'in line comments',
      pkcs1
        .split('\n')
        .map((line) => `// ${line}`)
        .join('\n'),
    ],
    [
      'in line comments whose text begins with slashes',
      pkcs1
        .split('\n')
        .flatMap((line) => line.split(/(?=[/])/))
        .map((line) => `// ${line}`)
        .join('\n'),
    ],
    ['on one line with blanks', pkcs1.replaceAll('\n', ' ')],
  ])('holds %s', (_, text) => {
    expect(verdictOf(text)).toBe('proven: rsa n=p*q');
  });

  it('holds as PKCS#8, EC and Ed25519', () => {
    const forms = [
      rsa.export({ type: 'pkcs8', format: 'pem' }),
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'sec1', format: 'pem' }),
      generateKeyPairSync('ec', { namedCurve: 'secp224r1' }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
      generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }),
    ];
    expect(forms.map((text) => judge(text.toString())?.verdict)).toEqual(['proven', 'proven', 'proven', 'proven']);
  });

  it('is told apart when a common password opens it', () => {
    const text = rsa.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'changeit' }).toString();
    expect(verdictOf(text)).toBe('proven: opens with a common password');
  });

  it('is marked encrypted when none does', () => {
    const text = rsa
      .export({ type: 'pkcs1', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'q8Zm2xKd91' })
      .toString();
    expect(verdictOf(text)).toBe('structured: encrypted key (AES-128-CBC)');
  });

  it('is contextual when its body is no key', () => {
    const text = pkcs1.replace(/\nMII/, '\nAAA');
    expect(verdictOf(text)).toBe('contextual: complete block that does not parse');
  });

  it('is nothing when it is cut off or only a header', () => {
    expect([
      verdictOf(pkcs1.slice(0, 300)),
      verdictOf('-----BEGIN RSA PRIVATE KEY-----\n...\n-----END RSA PRIVATE KEY-----'),
    ]).toEqual(['nothing', 'nothing']);
  });

  it('throws on no bytes at all', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom('RSA ', 'EC ', 'DSA ', 'OPENSSH ', 'ENCRYPTED ', ''),
        (body, label) => {
          const base64 = Buffer.from(body).toString('base64');
          verdictOf(`-----BEGIN ${label}PRIVATE KEY-----\n${base64}\n-----END ${label}PRIVATE KEY-----`);
          readPkcs12(Buffer.concat([Buffer.from('3082012c020103', 'hex'), body]));
          readJavaKeystore(Buffer.concat([Buffer.from('feedfeed0000000200000001', 'hex'), body]));
        },
      ),
    );
  });
});
