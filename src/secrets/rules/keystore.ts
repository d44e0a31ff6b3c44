import { readJavaKeystore, sampleJavaKeystore } from '../keystores/java-keystore.ts';
import { readPkcs12, samplePkcs12 } from '../keystores/pkcs12.ts';
import type { FileRule, SecretRule } from '../rule.ts';

export const rules: readonly SecretRule[] = [
  javaRule('java-keystore', 'Java keystore with a private key', [0xfe, 0xed, 0xfe, 0xed]),
  javaRule('java-jceks-keystore', 'Java JCEKS keystore with a key', [0xce, 0xce, 0xce, 0xce]),
  {
    id: 'pkcs12-keystore',
    title: 'PKCS#12 keystore with a private key',
    severity: 'high',
    specification: 'https://www.rfc-editor.org/rfc/rfc7292',
    select: [{ magic: [0x30, 0x82] }, { magic: [0x30, 0x80] }],
    *inspectFile({ bytes }) {
      const judgement = readPkcs12(bytes);
      if (judgement !== undefined) yield { ...judgement, start: 0, end: bytes.length };
    },
    samples: {
      hits: () => [{ path: '/etc/tls/server.p12', content: samplePkcs12(true) }],
      misses: () => [
        { path: '/etc/tls/roots.p12', content: samplePkcs12(false) },
        { path: '/etc/tls/x.der', content: Buffer.from('3082010030820100', 'hex') },
      ],
    },
  },
  {
    id: 'keepass-database',
    title: 'KeePass database',
    severity: 'medium',
    specification: 'https://keepass.info/help/kb/kdbx.html',
    select: [{ magic: [0x03, 0xd9, 0xa2, 0x9a] }],
    *inspectFile({ bytes }) {
      const second = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(8, bytes.length)).subarray(4).toString('hex');
      if (second === '67fb4bb5' || second === '65fb4bb5')
        yield { verdict: 'structured', proof: 'encrypted database', start: 0, end: bytes.length };
    },
    samples: {
      hits: () => [{ path: '/root/p.kdbx', content: Buffer.from('03d9a29a67fb4bb500000400', 'hex') }],
      misses: () => [{ path: '/root/p.kdbx', content: Buffer.from('03d9a29a00000000', 'hex') }],
    },
  },
  {
    id: 'kerberos-keytab',
    title: 'Kerberos keytab',
    severity: 'high',
    specification: 'https://web.mit.edu/kerberos/krb5-latest/doc/formats/keytab_file_format.html',
    select: [{ suffix: '.keytab' }],
    *inspectFile({ bytes }) {
      const length = bytes.length > 6 ? Buffer.from(bytes.buffer, bytes.byteOffset, 6).readInt32BE(2) : 0;
      if (bytes[0] === 5 && bytes[1] === 2 && length > 8 && length + 6 <= bytes.length)
        yield { verdict: 'structured', proof: 'keytab entries', start: 0, end: bytes.length };
    },
    samples: {
      hits: () => [
        { path: '/etc/krb5.keytab', content: Buffer.concat([Buffer.from('05020000000c', 'hex'), Buffer.alloc(12, 1)]) },
      ],
      misses: () => [{ path: '/etc/krb5.keytab', content: Buffer.from('0502', 'hex') }],
    },
  },
];

function javaRule(id: string, title: string, magic: readonly number[]): FileRule {
  return {
    id,
    title,
    severity: 'high',
    specification:
      'https://docs.oracle.com/javase/8/docs/technotes/guides/security/crypto/CryptoSpec.html#KeystoreImplementation',
    select: [{ magic }],
    *inspectFile({ bytes }) {
      const judgement = readJavaKeystore(bytes);
      if (judgement !== undefined) yield { ...judgement, start: 0, end: bytes.length };
    },
    samples: {
      hits: () => [{ path: '/opt/app/server.jks', content: sampleJavaKeystore(magic, 1) }],
      misses: () => [
        { path: '/etc/ssl/certs/java/cacerts', content: sampleJavaKeystore(magic, 2) },
        { path: '/x.jks', content: Uint8Array.from(magic) },
      ],
    },
  };
}
