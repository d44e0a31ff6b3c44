import { hash } from 'node:crypto';
import { encodeCanonical, type Json } from '../bundle/canonical-json.ts';
import { signedDocumentJson } from '../bundle/trust/dsse.ts';
import { type SigningKey, signDocument } from '../bundle/trust/signing-key.ts';
import { CHAIN_START } from './archive-event.ts';
import type { ArchiveStore, ImageFilter } from './archive-store.ts';
import { knownAt } from './known-at.ts';

export const EVIDENCE_TYPE = 'application/vnd.plimsoll.evidence.v1+json';

/** A file of an evidence export, by its path in the folder. */
export interface EvidenceFile {
  readonly path: string;
  readonly content: Uint8Array;
}

export interface EvidenceRequest {
  readonly since: string;
  readonly until: string;
  readonly filter: ImageFilter;
  readonly key: SigningKey;
  /** The SBOM of an archived image, as text. */
  readonly sbom: (key: string) => Promise<string>;
}

/**
 * What an auditor asks for: of every image its SBOM, the findings known at the end of the period and the last decision;
 * all events of the period with the ends of their hash chain; and a signed manifest with the digest of each file.
 */
export async function* evidenceFiles(store: ArchiveStore, request: EvidenceRequest): AsyncGenerator<EvidenceFile> {
  const { since, until, filter } = request;
  const digests: { readonly path: string; readonly sha256: string }[] = [];
  const file = (path: string, text: string): EvidenceFile => {
    const content = Buffer.from(text, 'utf8');
    digests.push({ path, sha256: hash('sha256', content) });
    return { path, content };
  };
  const images = await store.images({ ...filter, before: until });
  const decisions = await store.decisions(images.map((image) => image.key));
  for (const image of images) {
    const folder = `images/${image.key.replaceAll(/[^a-z0-9]+/gi, '-')}`;
    yield file(`${folder}/sbom.cdx.json`, await request.sbom(image.key));
    yield file(
      `${folder}/findings.json`,
      json({
        image,
        at: until,
        ...(await knownAt(store, image.key, until)),
        decision: decisions.get(image.key) ?? null,
      }),
    );
  }
  const events = await store.events({ since, until });
  yield file('events.jsonl', events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  const first = events[0]?.sequence ?? 1;
  const before = (await store.events({ after: first - 2, until: since })).at(-1)?.hash ?? CHAIN_START;
  const manifest: Json = {
    type: 'evidence',
    spec: 1,
    since,
    until,
    images: images.length,
    chainBefore: before,
    chainAfter: events.at(-1)?.hash ?? before,
    files: digests,
  };
  const signed = signDocument(
    { payloadType: EVIDENCE_TYPE, payload: encodeCanonical(manifest), signatures: [] },
    request.key,
  );
  yield { path: 'manifest.dsse.json', content: encodeCanonical(signedDocumentJson(signed)) };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
