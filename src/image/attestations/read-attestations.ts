import { isRecord, type JsonRecord, listField, parseJson, recordField, textField } from '../../bytes/json.ts';
import { PlimsollError } from '../../errors.ts';
import { type Digest, parseDigest } from '../../model/digest.ts';
import type { ProblemDraft } from '../../model/problem.ts';
import { textRecord } from '../image-config.ts';
import { blobPath, readBlob } from '../image-document.ts';
import { type Layout, listManifests } from '../oci-manifests.ts';
import { subjectsOf } from '../signatures/statement-subjects.ts';
import { type Attestation, isProvenance } from './attestation.ts';

export interface ReadAttestations {
  readonly attestations: readonly Attestation[];
  /** Statements that are there and cannot be read. */
  readonly problems: readonly ProblemDraft[];
}

/** Bytes of all statements about one image, in documents as large as a manifest may be. */
const ROOM = 2;
/** What reading a document costs whatever its size, in bytes. */
const DOCUMENT_COST = 4096;
/** Values in one document: the fullest statement of a build of some hundred steps has some ten thousand. */
const VALUES = 300_000;
const IN_TOTO = 'application/vnd.in-toto+json';

/**
 * The provenance among the statements about an image. Those that only the registry holds are passed over, and so are bills
 * of materials: packages are read from the layers
 * (https://github.com/moby/buildkit/blob/master/docs/attestations/attestation-storage.md).
 */
export function readAttestations(layout: Layout, image: Digest): ReadAttestations {
  const attestations: Attestation[] = [];
  const problems: ProblemDraft[] = [];
  const room = { bytes: ROOM * layout.limits.manifestBytes };
  for (const [manifest, indexes] of statementsAbout(layout, image)) {
    try {
      for (const statement of statementsOf(layout, { image, manifest, room }))
        attestations.push({ ...statement, indexes });
    } catch (error) {
      if (!(error instanceof PlimsollError)) throw error;
      const detail = `${error.message}: how the image was built is not known, and secrets in it were not looked for`;
      problems.push({ code: 'PLM_ATTESTATION_UNREADABLE', detail });
      if (room.bytes < 0) break;
    }
  }
  return { attestations, problems };
}

/** The manifests of the statements that the layout holds, with all indexes that lead to each. */
function statementsAbout(layout: Layout, image: Digest): ReadonlyMap<Digest, ReadonlySet<Digest>> {
  const found = new Map<Digest, Set<Digest>>();
  for (const { descriptor, indexes, attests } of listManifests(layout) ?? []) {
    const { digest } = descriptor;
    if (attests !== image || !isHeld(layout, digest)) continue;
    const all = found.get(digest) ?? new Set();
    found.set(digest, all);
    for (const index of indexes) all.add(index);
  }
  return found;
}

function isHeld({ files }: Layout, digest: Digest): boolean {
  return files.find(blobPath(digest)) !== undefined;
}

interface Room {
  /** What all statements together may still have. */
  bytes: number;
}

function* statementsOf(
  layout: Layout,
  { image, manifest, room }: { readonly image: Digest; readonly manifest: Digest; readonly room: Room },
): Generator<Omit<Attestation, 'indexes'>> {
  for (const layer of listField(documentOf(layout, manifest, room), 'layers').filter(isRecord)) {
    const named = textRecord(recordField(layer, 'annotations'))['in-toto.io/predicate-type'];
    const blob = parseDigest(layer['digest']);
    const isWanted = textField(layer, 'mediaType') === IN_TOTO && (named === undefined || isProvenance(named));
    if (blob === undefined || !isWanted || !isHeld(layout, blob)) continue;
    const statement = documentOf(layout, blob, room);
    const predicateType = textField(statement, 'predicateType') ?? '';
    const predicate = recordField(statement, 'predicate');
    if (predicate === undefined || !isProvenance(predicateType)) continue;
    const subjects = subjectsOf(statement);
    // BuildKit names no subject where the image has no name
    if (subjects.length > 0 && !subjects.includes(image))
      throw new PlimsollError('PLM_IMAGE_MANIFEST', `the attestation ${blob} is about another image`);
    yield { predicateType, predicate };
  }
}

function documentOf({ files, limits }: Layout, digest: Digest, room: Room): JsonRecord {
  const bytes = readBlob(files, digest, 'attestation');
  room.bytes -= DOCUMENT_COST + bytes.length;
  if (room.bytes < 0) {
    const message = `the statements about the image have more than ${ROOM * limits.manifestBytes} bytes`;
    throw new PlimsollError('PLM_LIMIT', message);
  }
  const value = parseJson(new TextDecoder().decode(bytes), limits.jsonDepth, VALUES);
  if (isRecord(value)) return value;
  const message = `the attestation ${digest} is no JSON object, or nests too deep or holds too much`;
  throw new PlimsollError('PLM_IMAGE_MANIFEST', message);
}
