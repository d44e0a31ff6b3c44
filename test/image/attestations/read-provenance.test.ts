import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readProvenance } from '../../../src/image/attestations/read-provenance.ts';

const SLSA_1 = 'https://slsa.dev/provenance/v1';
const SLSA_02 = 'https://slsa.dev/provenance/v0.2';
const read = (predicateType: string, predicate: Readonly<Record<string, unknown>>) =>
  readProvenance({ predicateType, predicate, indexes: new Set() }, (text) => text);

describe('provenance', () => {
  it('of SLSA 0.2 as BuildKit writes it', () => {
    const predicate = {
      builder: { id: 'https://ci.example/runs/7' },
      buildType: 'https://mobyproject.org/buildkit@v1',
      materials: [
        { uri: 'pkg:docker/node@22?platform=linux%2Famd64', digest: { sha256: 'bb' } },
        { uri: 'https://git.example/app.git#refs/heads/main', digest: { sha1: 'aa' } },
      ],
      invocation: {
        configSource: {
          uri: 'https://git.example/app.git#refs/heads/main',
          digest: { sha1: 'aa' },
          entryPoint: 'Dockerfile',
        },
        parameters: { frontend: 'dockerfile.v0' },
      },
      metadata: { buildStartedOn: '2026-01-01T00:00:00Z', buildFinishedOn: '2026-01-01T00:01:00Z' },
    };
    expect(read(SLSA_02, predicate)).toEqual({
      predicateType: SLSA_02,
      builder: 'https://ci.example/runs/7',
      buildType: 'https://mobyproject.org/buildkit@v1',
      source: { uri: 'https://git.example/app.git#refs/heads/main', revision: 'aa', path: 'Dockerfile' },
      startedOn: '2026-01-01T00:00:00Z',
      finishedOn: '2026-01-01T00:01:00Z',
      materials: [
        { uri: 'https://git.example/app.git#refs/heads/main', digest: 'sha1:aa' },
        { uri: 'pkg:docker/node@22?platform=linux%2Famd64', digest: 'sha256:bb' },
      ],
    });
  });

  it('names the repository of a local context that BuildKit looked up', () => {
    const vcs = { source: 'git@git.example:app.git', revision: 'cc' };
    const old = {
      invocation: { configSource: { entryPoint: 'Dockerfile' } },
      metadata: { 'https://mobyproject.org/buildkit@v1#metadata': { vcs } },
    };
    const now = {
      buildDefinition: { externalParameters: { configSource: { path: 'Dockerfile' } } },
      runDetails: { metadata: { buildkit_metadata: { vcs } } },
    };
    const source = { uri: 'git@git.example:app.git', revision: 'cc', path: 'Dockerfile' };
    expect(read(SLSA_02, old)).toEqual({ predicateType: SLSA_02, source, materials: [] });
    expect(read(SLSA_1, now)).toEqual({ predicateType: SLSA_1, source, materials: [] });
  });

  it('of SLSA 1 as the workflows of GitHub write it', () => {
    const predicate = {
      buildDefinition: {
        buildType: 'https://actions.github.io/buildtypes/workflow/v1',
        externalParameters: {
          workflow: {
            ref: 'refs/heads/main',
            repository: 'https://git.example/o/app',
            path: '.github/workflows/a.yml',
          },
        },
        resolvedDependencies: [{ uri: 'git+https://git.example/o/app@refs/heads/main', digest: { gitCommit: 'dd' } }],
      },
      runDetails: { builder: { id: 'https://runner.example' }, metadata: { invocationId: 'x' } },
    };
    expect(read(SLSA_1, predicate)).toEqual({
      predicateType: SLSA_1,
      builder: 'https://runner.example',
      buildType: 'https://actions.github.io/buildtypes/workflow/v1',
      source: { uri: 'https://git.example/o/app', revision: 'refs/heads/main', path: '.github/workflows/a.yml' },
      materials: [{ uri: 'git+https://git.example/o/app@refs/heads/main', digest: 'gitCommit:dd' }],
    });
  });

  it('says nothing where fields are of another kind', () => {
    const strange = {
      buildDefinition: { externalParameters: [], resolvedDependencies: [1, { uri: 2 }] },
      runDetails: 'x',
    };
    expect(read(SLSA_1, strange)).toEqual({ predicateType: SLSA_1, materials: [] });
    expect(read(SLSA_02, { builder: 1, materials: {}, metadata: [] })).toEqual({
      predicateType: SLSA_02,
      materials: [],
    });
  });

  it('says nothing where texts are longer than any are', () => {
    const [long, most] = [4097, 4096].map((length) => 'b'.repeat(length));
    expect(read(SLSA_02, { builder: { id: long }, buildType: most, materials: [{ uri: long }] })).toEqual({
      predicateType: SLSA_02,
      buildType: most,
      materials: [],
    });
  });

  it('is read from any object', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (predicate) => {
        expect(read(SLSA_1, predicate).predicateType).toBe(SLSA_1);
      }),
    );
  });
});
