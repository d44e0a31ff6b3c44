import { compareText } from '../../bytes/compare-text.ts';
import { isRecord, type JsonRecord, listField, optional, recordField, textField } from '../../bytes/json.ts';
import type { Provenance } from '../../model/provenance.ts';
import type { Attestation } from './attestation.ts';

/** Builds with all their packages as materials name some hundred. */
const MATERIALS = 1000;
/** Characters of one text: no address is longer. */
const LONGEST_TEXT = 4096;

/**
 * What a provenance says: of SLSA 1 (https://slsa.dev/spec/v1.2/provenance) or 0.x (https://slsa.dev/spec/v0.2/provenance),
 * with what BuildKit and the generators of GitHub add. Fields that are not there, of another kind or too long are left out.
 * Every text passes `redact`.
 */
export function readProvenance(
  { predicateType, predicate }: Attestation,
  redact: (text: string) => string,
): Omit<Provenance, 'signed'> {
  const shown = <Name extends string>(name: Name, text: string | undefined): { readonly [key in Name]?: string } =>
    optional(name, text === undefined || text.length > LONGEST_TEXT ? undefined : redact(text));
  const definition = recordField(predicate, 'buildDefinition');
  const parts = definition === undefined ? partsOfOld(predicate) : partsOf(predicate, definition);
  const { builder, buildType, start = {}, vcs = {}, metadata = {}, started, finished } = parts;
  const uri = textField(vcs, 'source') ?? textField(start, 'uri') ?? textField(start, 'repository');
  const revision =
    textField(vcs, 'revision') ?? digestOf(start)?.replace(/^[a-zA-Z0-9]+:/, '') ?? textField(start, 'ref');
  const path = textField(start, 'path') ?? textField(start, 'entryPoint');
  const source = { ...shown('uri', uri), ...shown('revision', revision), ...shown('path', path) };
  return {
    predicateType: redact(predicateType.slice(0, LONGEST_TEXT)),
    ...shown('builder', builder === undefined ? undefined : textField(builder, 'id')),
    ...shown('buildType', buildType),
    ...(Object.keys(source).length === 0 ? {} : { source }),
    ...shown('startedOn', textField(metadata, started)),
    ...shown('finishedOn', textField(metadata, finished)),
    materials: parts.materials
      .filter(isRecord)
      .slice(0, MATERIALS)
      .flatMap((material) => {
        const { uri: name } = shown('uri', textField(material, 'uri'));
        return name === undefined ? [] : [{ uri: name, ...shown('digest', digestOf(material)) }];
      })
      .sort((left, right) => compareText(left.uri, right.uri) || compareText(left.digest ?? '', right.digest ?? '')),
  };
}

/** The same parts, wherever a version has them. */
interface Parts {
  readonly builder: JsonRecord | undefined;
  readonly buildType: string | undefined;
  /** What was built: a repository or a context, and the file in it. */
  readonly start: JsonRecord | undefined;
  /** What BuildKit found out about the repository of a local context. */
  readonly vcs: JsonRecord | undefined;
  readonly metadata: JsonRecord | undefined;
  readonly started: string;
  readonly finished: string;
  readonly materials: readonly unknown[];
}

function partsOf(predicate: JsonRecord, definition: JsonRecord): Parts {
  const details = recordField(predicate, 'runDetails') ?? {};
  const metadata = recordField(details, 'metadata');
  const parameters = recordField(definition, 'externalParameters') ?? {};
  const buildkit = metadata === undefined ? undefined : recordField(metadata, 'buildkit_metadata');
  return {
    builder: recordField(details, 'builder'),
    buildType: textField(definition, 'buildType'),
    start: recordField(parameters, 'configSource') ?? recordField(parameters, 'workflow'),
    vcs: buildkit === undefined ? undefined : recordField(buildkit, 'vcs'),
    metadata,
    started: 'startedOn',
    finished: 'finishedOn',
    materials: listField(definition, 'resolvedDependencies'),
  };
}

function partsOfOld(predicate: JsonRecord): Parts {
  const metadata = recordField(predicate, 'metadata');
  const buildkit =
    metadata === undefined ? undefined : recordField(metadata, 'https://mobyproject.org/buildkit@v1#metadata');
  return {
    builder: recordField(predicate, 'builder'),
    buildType: textField(predicate, 'buildType'),
    start: recordField(recordField(predicate, 'invocation') ?? {}, 'configSource'),
    vcs: buildkit === undefined ? undefined : recordField(buildkit, 'vcs'),
    metadata,
    started: 'buildStartedOn',
    finished: 'buildFinishedOn',
    materials: listField(predicate, 'materials'),
  };
}

/** The strongest digest of a set, as `sha256:…`. */
function digestOf(record: JsonRecord): string | undefined {
  const digests = recordField(record, 'digest') ?? {};
  const algorithm = [...PREFERRED, ...Object.keys(digests).sort()].find(
    (name) => textField(digests, name) !== undefined,
  );
  return algorithm === undefined ? undefined : `${algorithm}:${textField(digests, algorithm)}`;
}

const PREFERRED = ['sha512', 'sha256', 'gitCommit', 'sha1'];
