import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type AnalyzeOptions, analyzeImage } from '../../src/analyze.ts';
import { DEFAULT_LIMITS } from '../../src/limits.ts';
import {
  archive,
  type FileMap,
  MEDIA_TYPES,
  putAttestation,
  putBlob,
  putIndex,
  putOciImage,
  temporaryFolder,
} from '../support/image-builder.ts';
import { imageKeyOf, putSignatureBy } from '../support/signature-builder.ts';

const PREDICATE = 'https://slsa.dev/provenance/v0.2';
/** Made up: the shape of an access token, none was ever issued. */
const TOKEN = 'glpat-7Xq2mVb9KdR4tYw1Zc8N';

async function analyze(files: FileMap, signed: Pick<AnalyzeOptions, 'signed'> = {}) {
  using folder = temporaryFolder();
  const path = folder.write('image.tar', archive(files));
  return await analyzeImage(path, {
    limits: DEFAULT_LIMITS,
    scanners: new Set(['secret', 'config']),
    workers: 0,
    version: '1',
    ...signed,
  });
}

function built(predicate: unknown): FileMap {
  const files: FileMap = new Map();
  const image = putOciImage(files, { layers: [{ '/a': 'x' }], tag: 'app:1' });
  return putIndex(files, [image, putAttestation(files, image, { predicateType: PREDICATE, predicate })]);
}

describe('how an image was built', () => {
  it('is told as its builder stated it', async () => {
    const predicate = {
      builder: { id: 'https://ci.example/7' },
      invocation: { configSource: { uri: 'https://git.example/app.git', digest: { sha1: 'aa' } } },
    };
    const { image, problems } = await analyze(built(predicate));
    expect(image.provenance).toEqual([
      {
        predicateType: PREDICATE,
        builder: 'https://ci.example/7',
        source: { uri: 'https://git.example/app.git', revision: 'aa' },
        materials: [],
        signed: false,
      },
    ]);
    expect(problems.map(({ code }) => code)).not.toContain('PLM_ATTESTATION_UNREADABLE');
  });

  it('is signed where the signer of the image signed the index that lists it', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const files: FileMap = new Map();
    const image = putOciImage(files, { layers: [{}] });
    const attestation = putAttestation(files, image, { predicateType: PREDICATE, predicate: {} });
    const manifests = { schemaVersion: 2, mediaType: MEDIA_TYPES.index, manifests: [image, attestation] };
    const index = putBlob(files, Buffer.from(JSON.stringify(manifests)), MEDIA_TYPES.index);
    const ofIndex = putIndex(new Map(files), [index]);
    putSignatureBy(ofIndex, privateKey, index.digest);
    const ofImage = putIndex(new Map(files), [index]);
    putSignatureBy(ofImage, privateKey, String(image['digest']));
    const signed = { signed: { keys: [imageKeyOf(publicKey)], detached: [] } };
    const ofBoth = new Map([...ofImage, ...ofIndex]);
    const listedTwice = putIndex(new Map(ofIndex), [attestation, index]);
    const vouched = await Promise.all([ofIndex, ofImage, ofBoth, listedTwice].map((one) => analyze(one, signed)));
    expect(vouched.map(({ image: { provenance } }) => provenance?.map((one) => one.signed))).toEqual([
      [true],
      [false],
      [true],
      [true],
    ]);
  });

  it('shows no secret in any text', async () => {
    const uri = `https://oauth2:${TOKEN}@git.example/app.git`;
    const statement = {
      builder: { id: TOKEN },
      buildType: TOKEN,
      invocation: { configSource: { uri, digest: { [TOKEN]: TOKEN }, entryPoint: TOKEN } },
      metadata: { buildStartedOn: TOKEN, buildFinishedOn: TOKEN },
      materials: [{ uri, digest: { sha256: TOKEN } }],
    };
    const report = await analyze(built(statement));
    expect(JSON.stringify(report)).not.toContain(TOKEN);
    expect(report.image.provenance?.[0]?.source?.uri).toContain('git.example/app.git');
  });

  it('shows digests as they are', async () => {
    const digests = { sha256: '9b4a5019d459c741c969fe18939eeb877d93ba3a17796113d0ed01aac2c0bb69', sha1: 'a9f0e6172b' };
    const report = await analyze(
      built({
        invocation: { configSource: { uri: 'https://git.example/a', digest: { sha1: digests.sha256.slice(0, 40) } } },
        materials: [{ uri: 'pkg:docker/alpine@3', digest: digests }],
      }),
    );
    expect(report.image.provenance).toEqual([
      {
        predicateType: PREDICATE,
        source: { uri: 'https://git.example/a', revision: digests.sha256.slice(0, 40) },
        materials: [{ uri: 'pkg:docker/alpine@3', digest: `sha256:${digests.sha256}` }],
        signed: false,
      },
    ]);
  });

  it('shows secrets that were handed to the build, each once', async () => {
    const dockerfile = `FROM alpine\nARG GITLAB_TOKEN=${TOKEN}\n`;
    const { secrets, misconfigurations } = await analyze(
      built({
        invocation: { parameters: { args: { 'build-arg:GITLAB_TOKEN': TOKEN } } },
        metadata: { source: { infos: [{ data: Buffer.from(dockerfile).toString('base64') }] } },
      }),
    );
    expect(secrets.map(({ ruleId, source, name, suppressed }) => ({ ruleId, source, name, suppressed }))).toEqual([
      { ruleId: 'gitlab-pat', source: 'attestation', name: 'build-arg:GITLAB_TOKEN', suppressed: undefined },
    ]);
    expect(misconfigurations.filter(({ id }) => id === 'PLM-C004').map(({ evidence }) => evidence)).toEqual([
      'attestation build-arg:GITLAB_TOKEN holds what rule gitlab-pat finds',
    ]);
  });

  it('shows secrets of the Dockerfile in a statement', async () => {
    const data = Buffer.from(`FROM alpine\nENV GITLAB_TOKEN=${TOKEN}\n`).toString('base64');
    const { secrets } = await analyze(built({ metadata: { source: { infos: [{ filename: 'Dockerfile', data }] } } }));
    expect(secrets.map(({ ruleId, source, name }) => [ruleId, source, name])).toEqual([
      ['gitlab-pat', 'attestation', 'Dockerfile'],
    ]);
  });

  it('is a problem where statements are larger than any are', async () => {
    const files: FileMap = new Map();
    const image = putOciImage(files, { layers: [{}] });
    const statements = ['a', 'b', 'c'].map((letter) =>
      putAttestation(files, image, { predicateType: PREDICATE, predicate: { much: letter.repeat(7 << 20) } }),
    );
    const { image: report, problems } = await analyze(putIndex(files, [image, ...statements]));
    expect(report.provenance?.length).toBe(2);
    expect(problems.find(({ code }) => code === 'PLM_ATTESTATION_UNREADABLE')?.detail).toBe(
      'the statements about the image have more than 16777216 bytes: how the image was built is not known, and secrets in it were not looked for',
    );
  });

  it('is a problem where the statement names another image, not where it names none', async () => {
    const subject = (digest: string) => ({ name: 'a', digest: { sha256: digest } });
    const analyzed = async (subjectsOf: (digest: string) => unknown) => {
      const files: FileMap = new Map();
      const image = putOciImage(files, { layers: [{}] });
      const named = { predicateType: PREDICATE, predicate: {}, subject: subjectsOf(String(image['digest']).slice(7)) };
      const attestation = putAttestation(files, image, named);
      const { image: report, problems } = await analyze(putIndex(files, [image, attestation]));
      const told = problems.filter(({ code }) => code === 'PLM_ATTESTATION_UNREADABLE');
      return [report.provenance?.length, told.map(({ detail }) => detail.replace(/sha256:\w+/, 'sha256:…'))];
    };
    expect([
      await analyzed((digest) => [subject('0'.repeat(64)), subject(digest)]),
      await analyzed(() => []),
      await analyzed(() => [subject('0'.repeat(64))]),
    ]).toEqual([
      [1, []],
      [1, []],
      [
        undefined,
        [
          'the attestation sha256:… is about another image: how the image was built is not known, and secrets in it were not looked for',
        ],
      ],
    ]);
  });

  it('is a problem where the statement is there and cannot be read', async () => {
    const files: FileMap = new Map();
    const image = putOciImage(files, { layers: [{}] });
    const { image: report, problems } = await analyze(
      putIndex(files, [image, putAttestation(files, image, 'no JSON')]),
    );
    expect(report.provenance).toBeUndefined();
    expect(problems.filter(({ code }) => code === 'PLM_ATTESTATION_UNREADABLE').length).toBe(1);
  });

  it.each<[string, (files: FileMap, image: Record<string, unknown>) => readonly unknown[]]>([
    [
      'only the registry holds it',
      (files, image) => {
        const attestation = putAttestation(files, image, { predicateType: PREDICATE, predicate: {} });
        files.delete(`blobs/${String(attestation['digest']).replace(':', '/')}`);
        return [image, attestation];
      },
    ],
    [
      'only the registry holds its text',
      (files, image) => {
        const before = new Set(files.keys());
        const attestation = putAttestation(files, image, { predicateType: PREDICATE, predicate: {} });
        for (const [path, bytes] of files)
          if (!before.has(path) && Buffer.from(bytes).includes('predicateType')) files.delete(path);
        return [image, attestation];
      },
    ],
    [
      'it is about another image',
      (files, image) => [
        image,
        putAttestation(files, putBlob(files, Buffer.from('{}'), MEDIA_TYPES.manifest), {
          predicateType: PREDICATE,
          predicate: {},
        }),
      ],
    ],
    [
      'it is a bill of materials',
      (files, image) => [
        image,
        putAttestation(files, image, { predicateType: 'https://spdx.dev/Document', predicate: {} }),
      ],
    ],
  ])('is not told where %s', async (_, manifests) => {
    const files: FileMap = new Map();
    const image = putOciImage(files, { layers: [{}] });
    const { image: report, problems } = await analyze(putIndex(files, manifests(files, image)));
    expect(report.provenance).toBeUndefined();
    expect(problems.map(({ code }) => code)).not.toContain('PLM_ATTESTATION_UNREADABLE');
  });
});
