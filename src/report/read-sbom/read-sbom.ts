import { type JsonRecord, listField, optional, recordField, textField } from '../../bytes/json.ts';
import { PlimsollError } from '../../errors.ts';
import { signaturesOfFile } from '../../image/signatures/file-signature.ts';
import type { ImageSignature, Signature } from '../../image/signatures/signature.ts';
import { findSigner, type SignatureDemand } from '../../image/signatures/signature-demand.ts';
import { subjectsOf } from '../../image/signatures/statement-subjects.ts';
import type { Limits } from '../../limits.ts';
import type { Digest } from '../../model/digest.ts';
import type { Problem } from '../../model/problem.ts';
import type { ImageSigner } from '../../model/signer.ts';
import { readCyclonedxJson } from './cyclonedx-json.ts';
import { readCyclonedxXml } from './cyclonedx-xml.ts';
import { openEnvelope, type SignedPayload } from './envelope.ts';
import { readSbomJson } from './read-json.ts';
import { restoreSbom } from './restore-sbom.ts';
import type { ReadSbom, SbomDocument } from './sbom-document.ts';
import { readSpdx2Json } from './spdx2-json.ts';
import { readSpdx2TagValue } from './spdx2-tag-value.ts';
import { readSpdx3Json } from './spdx3-json.ts';
import { parseXml } from './xml-tree.ts';

/** XML, and tags with values: their trees take ten times as much and more. */
const TEXT_CHARACTERS = 32 << 20;
const NEWLINE = 0x0a;

/**
 * Reads CycloneDX 1.4 to 1.7 (JSON, XML), SPDX 2.x (JSON, tag-value), SPDX 3.0 (JSON-LD), and any of the JSON forms as
 * predicate of an in-toto statement, bare, in a DSSE envelope, or in a sigstore bundle. The format is found by content.
 * `signed` demands a signature of the envelope or of the file by somebody who may sign, before anything in it is read.
 * Throws PLM_SBOM_INVALID, PLM_LIMIT, PLM_IMAGE_UNSIGNED, PLM_IMAGE_SIGNATURE.
 */
export function readSbom(bytes: Uint8Array, limits: Limits, signed?: SignatureDemand): ReadSbom {
  const opened = openSbom(bytes, limits);
  const signer = signed === undefined ? undefined : sbomSigner(bytes, opened, signed);
  const sbom = restoreSbom(documentOf(opened));
  if (signer !== undefined) return { ...sbom, image: { ...sbom.image, signer } };
  return opened.envelope === undefined ? sbom : { ...sbom, problems: [...sbom.problems, UNCHECKED_SIGNATURE] };
}

/** As readSbom, the components as the document states them; signatures are not checked. */
export function readSbomDocument(bytes: Uint8Array, limits: Limits): SbomDocument {
  return documentOf(openSbom(bytes, limits));
}

interface OpenedSbom {
  /** Where it is not JSON. */
  readonly text?: string;
  readonly limits: Limits;
  readonly value?: JsonRecord;
  /** Where the value is or holds one. */
  readonly envelope?: SignedPayload;
}

function openSbom(bytes: Uint8Array, limits: Limits): OpenedSbom {
  if (bytes.length > limits.sbomBytes) throw sbomTooLarge(bytes.length, limits.sbomBytes);
  const utf8 = isUtf16(bytes) ? Buffer.from(decodeText(bytes)) : bytes;
  const content = utf8.subarray(contentStart(utf8));
  if (content.length === 0) throw invalid('it is empty');
  if (content[0] !== BRACE) return { text: decodeText(content), limits };
  const value = readJson(content, limits);
  return { value, limits, ...optional('envelope', openEnvelope(value)) };
}

export function sbomTooLarge(size: number, limit: number, path?: string): PlimsollError {
  return new PlimsollError('PLM_LIMIT', `the SBOM has ${size} bytes, the limit is ${limit}`, {
    ...optional('path', path),
    hint: 'raise it with --limit sbomBytes=N',
  });
}

function documentOf({ text, value, envelope, limits }: OpenedSbom): SbomDocument {
  const document =
    envelope === undefined ? contentOf(text, value, limits) : jsonDocument(readJson(envelope.payload, limits), limits);
  assertCount(document.components.length, limits.imagePackages, 'components', 'imagePackages');
  return document;
}

function contentOf(text: string | undefined, value: JsonRecord | undefined, limits: Limits): SbomDocument {
  return value === undefined ? textDocument(text ?? '', limits) : jsonDocument(value, limits);
}

function textDocument(lines: string, limits: Limits): SbomDocument {
  if (lines.length > TEXT_CHARACTERS) {
    throw new PlimsollError(
      'PLM_LIMIT',
      `the SBOM has ${lines.length} characters, the limit of its form is ${TEXT_CHARACTERS}`,
      {
        hint: 'the JSON form takes less memory and may be larger',
      },
    );
  }
  assertCount(countOf(lines, '<'), limits.sbomValues / 4, 'tags', 'sbomValues');
  assertCount(countOf(lines, '\n'), limits.sbomValues / 2, 'lines', 'sbomValues');
  assertCount(countOf(lines, '\nPackageName:'), limits.imagePackages, 'components', 'imagePackages');
  if (lines.startsWith('<')) return xmlDocument(lines);
  if (/^(?:#[^\n]*\n|\s)*SPDXVersion:/.test(lines.slice(0, 4096))) return readSpdx2TagValue(lines);
  throw invalid('it is neither CycloneDX nor SPDX');
}

function assertCount(count: number, limit: number, what: string, name: string): void {
  if (count <= limit) return;
  throw new PlimsollError('PLM_LIMIT', `the SBOM holds ${count} ${what}, the limit is ${limit}`, {
    hint: `raise it with --limit ${name}=N`,
  });
}

function countOf(text: string, part: string): number {
  let count = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) count += 1;
  return count;
}

function isUtf16(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xfe;
}

/** Behind a byte order mark and white space. */
function contentStart(bytes: Uint8Array): number {
  let at = BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte) ? BYTE_ORDER_MARK.length : 0;
  while (at < bytes.length && (bytes[at] ?? 0) <= 0x20) at += 1;
  return at;
}

const BRACE = 0x7b;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

function readJson(bytes: Uint8Array, limits: Limits): JsonRecord {
  const value = readSbomJson(bytes, limits);
  if (value !== undefined) return value;
  if (readSbomJson(bytes.subarray(0, Math.max(0, bytes.indexOf(NEWLINE))), limits) !== undefined)
    throw invalid(
      'it holds several documents, one a line (cosign download attestation --predicate-type TYPE writes one)',
    );
  throw invalid('the JSON is damaged or nests too deep');
}

/** Who signed the statement the SBOM came in, or the file as it is. */
function sbomSigner(bytes: Uint8Array, opened: OpenedSbom, signed: SignatureDemand): ImageSigner {
  const enclosed = opened.envelope?.signatures ?? [];
  const detached = signaturesOfFile(bytes, signed.detached);
  if (enclosed.length + detached.length === 0)
    throw new PlimsollError('PLM_IMAGE_UNSIGNED', 'nobody signed this SBOM: it came in no signed envelope', {
      hint: 'cosign attest and plimsoll sbom --sign-key write signed ones; a bundle of cosign sign-blob is named by --image-signature',
    });
  const { signature, signer } = findSigner<Signature & Partial<ImageSignature>>([...enclosed, ...detached], signed);
  return { subject: signature.subject ?? subjectOf(opened), ...signer };
}

function subjectOf({ envelope, limits }: OpenedSbom): Digest {
  const [subject] = envelope === undefined ? [] : subjectsOf(readJson(envelope.payload, limits));
  if (subject !== undefined) return subject;
  throw invalid('its signed statement does not say what it is about');
}

const UNCHECKED_SIGNATURE: Problem = {
  code: 'PLM_SBOM_SIGNATURE',
  detail:
    'the SBOM came in a signed envelope whose signature was not checked (--image-key does): who made it is not known',
};

function jsonDocument(value: JsonRecord, limits: Limits): SbomDocument {
  const isStatement = textField(value, '_type')?.startsWith('https://in-toto.io/Statement/') === true;
  // cosign attest --type spdx puts the file into the statement as one text
  const text = isStatement ? textField(value, 'predicate') : undefined;
  if (text !== undefined) return textDocument(text.trimStart(), limits);
  const document = isStatement ? (recordField(value, 'predicate') ?? value) : value;
  if (textField(document, 'bomFormat') === 'CycloneDX') return readCyclonedxJson(document);
  if (textField(document, 'spdxVersion')?.startsWith('SPDX-2.') === true) return readSpdx2Json(document);
  if (isSpdx3(document)) return readSpdx3Json(document);
  throw invalid('the JSON is neither CycloneDX nor SPDX');
}

function isSpdx3(document: JsonRecord): boolean {
  const context =
    textField(document, '@context') ?? listField(document, '@context').find((item) => typeof item === 'string');
  return typeof context === 'string' && context.startsWith('https://spdx.org/rdf/3.');
}

function xmlDocument(text: string): SbomDocument {
  const root = parseXml(text);
  if (root === undefined) throw invalid('the XML is damaged, nests too deep or declares a document type');
  if (root.name !== 'bom') throw invalid('the XML is no CycloneDX document');
  return readCyclonedxXml(
    root,
    /xmlns(?::\w+)?=["']http:\/\/cyclonedx\.org\/schema\/bom\/([\d.]{1,8})["']/.exec(text)?.[1] ?? '',
  );
}

/** UTF-8, or UTF-16 with its byte order mark; what cannot be decoded is no SBOM. */
function decodeText(bytes: Uint8Array): string {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    return new TextDecoder(utf16 ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new PlimsollError('PLM_SBOM_INVALID', 'the SBOM is not UTF-8 text', { cause });
  }
}

function invalid(reason: string): PlimsollError {
  return new PlimsollError('PLM_SBOM_INVALID', `this is no SBOM that can be read: ${reason}`, {
    hint: 'CycloneDX 1.4 to 1.7 as JSON or XML, SPDX 2.x as JSON or tag-value, SPDX 3.0 as JSON-LD',
  });
}
