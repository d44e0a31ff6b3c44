import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { isRecord, parseJson, recordField } from '../../src/bytes/json.ts';
import { archive, type FileMap, putIndex, putOciImage, temporaryFolder } from '../support/image-builder.ts';
import { runSources } from '../support/run-plimsoll.ts';
import { envelopeOf, putSignatureBy, sigstoreBundle, statementOf } from '../support/signature-builder.ts';
import { PrivateSigstore } from '../support/sigstore-builder.ts';

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

const owner = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const pem = (key: KeyObject): Buffer => Buffer.from(key.export({ format: 'pem', type: 'spki' }));
const key = folder.write('owner.pub', pem(owner.publicKey));
const strangersKey = folder.write('stranger.pub', pem(generateKeyPairSync('ed25519').publicKey));

const files: FileMap = new Map();
const image = putOciImage(files, { layers: [{ '/a': '1' }] });
const unsigned = folder.write('unsigned.tar', archive(putIndex(new Map(files), [image])));
const signature = putSignatureBy(files, owner.privateKey, String(image['digest']));
const signed = folder.write('signed.tar', archive(putIndex(files, [image, signature])));
const bundle = folder.write('bundle.json', sigstoreBundle(owner.privateKey, String(image['digest'])));

const document = { bomFormat: 'CycloneDX', specVersion: '1.6', components: [] };
const bareSbom = folder.write('bom.json', Buffer.from(JSON.stringify(document)));
const statement = statementOf(String(image['digest']), 'https://cyclonedx.org/bom', document);
const attestation = envelopeOf(statement, owner.privateKey);
const sbom = folder.write('attestation.json', Buffer.from(JSON.stringify(attestation)));

const sigstore = new PrivateSigstore(new Date('2026-01-31T12:00:00Z'));
const root = folder.write('trusted_root.json', Buffer.from(JSON.stringify(sigstore.trustedRoot())));
const issuer = 'https://token.actions.githubusercontent.com';
const release = 'https://github.com/acme/shop/.github/workflows/release.yml@refs/tags/v1';
const certified = sigstore.bundle(String(image['digest']), { identity: release, issuer });
const keyless = folder.write('keyless.json', Buffer.from(JSON.stringify(certified)));
const trust = (identity: string) => ['--image-identity', identity, '--image-issuer', issuer, '--trusted-root', root];

/** The exit code, and the error's code where there was one. */
function outcome(...args: readonly string[]): readonly [number | null, string | undefined] {
  const { status, stderr } = runSources(['scan', '--scanners', 'file', '--no-progress', ...args]);
  return [status, /^PLM_\w+/.exec(stderr)?.[0]];
}

describe('--image-key', () => {
  it('lets in what the key signed, and the report says so', () => {
    const run = runSources(['scan', signed, '--image-key', key, '--format', 'json']);
    const report = parseJson(run.stdout, 64);
    const signer = isRecord(report) ? recordField(recordField(report, 'image') ?? {}, 'signer') : undefined;
    expect([run.status, signer?.['subject']]).toEqual([0, image['digest']]);
  });

  it.each<readonly [string, readonly string[], readonly [number, string | undefined]]>([
    ['a signature beside the archive', [unsigned, '--image-key', key, '--image-signature', bundle], [0, undefined]],
    ['an image nobody signed', [unsigned, '--image-key', key], [5, 'PLM_IMAGE_UNSIGNED']],
    ['an image named after the key', ['--image-key', key, unsigned], [5, 'PLM_IMAGE_UNSIGNED']],
    ['no key after the option', [unsigned, '--image-key'], [2, 'PLM_USAGE']],
    ['an empty value', [unsigned, '--image-identity='], [2, 'PLM_USAGE']],
    ['an image somebody else signed', [signed, '--image-key', strangersKey], [5, 'PLM_IMAGE_SIGNATURE']],
    ['an SBOM the key signed', [`sbom:${sbom}`, '--image-key', key], [0, undefined]],
    ['an SBOM somebody else signed', [`sbom:${sbom}`, '--image-key', strangersKey], [5, 'PLM_IMAGE_SIGNATURE']],
    ['an SBOM nobody signed', [`sbom:${bareSbom}`, '--image-key', key], [5, 'PLM_IMAGE_UNSIGNED']],
    ['a key that is none', [signed, '--image-key', bundle], [2, 'PLM_USAGE']],
    ['a signature that is none', [signed, '--image-key', key, '--image-signature', key], [2, 'PLM_USAGE']],
    ['a signature without a key', [signed, '--image-signature', bundle], [2, 'PLM_USAGE']],
    ['a certificate', [unsigned, '--image-signature', keyless, ...trust(release)], [0, undefined]],
    [
      'a certificate of any of a repository',
      [unsigned, '--image-signature', keyless, ...trust('https://github.com/acme/shop/*@refs/tags/*')],
      [0, undefined],
    ],
    [
      'a certificate of somebody else',
      [unsigned, '--image-signature', keyless, ...trust('ci@acme.example')],
      [5, 'PLM_IMAGE_SIGNATURE'],
    ],
    ['an identity without an issuer', [signed, '--image-identity', release, '--trusted-root', root], [2, 'PLM_USAGE']],
    ['a root that is none', [signed, ...trust(release).with(-1, key)], [2, 'PLM_USAGE']],
  ])('%s', (_, args, expected) => {
    expect(outcome(...args)).toEqual(expected);
  });
});
