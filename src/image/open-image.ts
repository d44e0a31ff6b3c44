import { closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { COMPRESSION_MAGIC_BYTES, type Compression, sniffCompression } from '../archive-formats/compression.ts';
import { PlimsollError, systemErrorCode } from '../errors.ts';
import type { Limits } from '../limits.ts';
import type { Digest } from '../model/digest.ts';
import type { Platform } from '../model/image.ts';
import type { Problem } from '../model/problem.ts';
import type { ImageSigner } from '../model/signer.ts';
import { openArchive } from './archive-files.ts';
import type { Candidate } from './candidate.ts';
import { chooseImage, choosePlatform, platformText } from './choose.ts';
import { listDockerImages } from './docker-archive.ts';
import { problemsOfDockerForm } from './docker-form.ts';
import { openFolder } from './folder-files.ts';
import type { ImageFiles } from './image-files.ts';
import { bindLayers } from './layer-sources.ts';
import { listLegacyImages } from './legacy-archive.ts';
import { listOciImages } from './oci-layout.ts';
import type { OpenedImage } from './opened-image.ts';
import { openRootDirectory } from './root-directory.ts';
import { assertSigned, refuseUnsigned } from './signatures/assert-signed.ts';
import type { SignatureDemand } from './signatures/signature-demand.ts';
import { spoolArchive } from './spool-archive.ts';
import { unreadable } from './unreadable.ts';

export interface OpenImageOptions {
  readonly limits: Limits;
  /** Chooses among the platforms of an index; without it linux/amd64 is taken where there are several. */
  readonly platform?: Platform;
  /** Chooses among several images of one archive: a tag or a reference as the archive writes it. */
  readonly ref?: string;
  /** Refuses images that nobody of these has signed. */
  readonly signed?: SignatureDemand;
  /** Read where the location is `-`. */
  readonly stdin?: Readable;
}

/**
 * Opens the one image at `location`: a path (archive or OCI layout found by content), `-`, or `dir:PATH`.
 * Throws PlimsollError where there is none, several, or a damaged one.
 */
export async function openImage(location: string, options: OpenImageOptions): Promise<OpenedImage> {
  if (location.startsWith('dir:')) return openDirectory(location, options);
  const found = await openFiles(location, options);
  try {
    const listing = listImages(found, options.limits);
    const platforms = chooseImage(listing.candidates, options.ref, location);
    const chosen = choosePlatform(platforms, options.platform, location);
    return toImage(chosen, { listing, files: found, options, count: platforms.length });
  } catch (error) {
    await found.close();
    throw error;
  }
}

/** As openImage, but every complete platform of the chosen image, sorted; layers they share have equal keys. Close one to close all. */
export async function openAllPlatforms(location: string, options: OpenImageOptions): Promise<readonly OpenedImage[]> {
  if (location.startsWith('dir:')) return [openDirectory(location, options)];
  const found = await openFiles(location, options);
  try {
    const listing = listImages(found, options.limits);
    const all = chooseImage(listing.candidates, options.ref, location);
    const complete = all.filter((candidate) => candidate.isComplete);
    const images = (complete.length > 0 ? complete : all).map((candidate) =>
      toImage(candidate, { listing, files: found, options, count: 1 }),
    );
    return images.sort((left, right) => (platformText(left.platform) < platformText(right.platform) ? -1 : 1));
  } catch (error) {
    await found.close();
    throw error;
  }
}

function openDirectory(location: string, { signed }: OpenImageOptions): OpenedImage {
  if (signed !== undefined) throw refuseUnsigned(location);
  return openRootDirectory(location.slice('dir:'.length));
}

async function openFiles(location: string, options: OpenImageOptions): Promise<ImageFiles> {
  const { limits } = options;
  if (location === '-') {
    if (options.stdin === undefined) throw new Error('no standard input was given');
    return spoolArchive(options.stdin, location, limits);
  }
  const status = statInput(location);
  if (status.isDirectory()) return openFolder(location, limits);
  if (status.isCharacterDevice() || status.isSocket()) {
    const hint = 'give an OCI or docker archive, an OCI layout folder, dir:PATH or sbom:PATH';
    throw new PlimsollError('PLM_INPUT_UNKNOWN', 'a device or socket holds no image', { path: location, hint });
  }
  // pipes cannot be read by offset
  if (!status.isFile()) return spoolArchive(createReadStream(location), location, limits);
  const compression = sniffFile(location);
  if (compression === 'none') return openArchive(location, { limits, location });
  return spoolArchive(createReadStream(location), location, limits);
}

function statInput(location: string): ReturnType<typeof statSync> & object {
  try {
    return statSync(location);
  } catch (cause) {
    const isMissing = systemErrorCode(cause) === 'ENOENT' || systemErrorCode(cause) === 'ENOTDIR';
    throw isMissing
      ? new PlimsollError('PLM_INPUT_NOT_FOUND', 'no such file or folder', {
          path: location,
          hint: 'save the image to a file first: docker save -o image.tar IMAGE',
          cause,
        })
      : unreadable(location, cause);
  }
}

function sniffFile(location: string): Compression {
  const head = new Uint8Array(COMPRESSION_MAGIC_BYTES);
  try {
    const descriptor = openSync(location, 'r');
    try {
      readSync(descriptor, head, 0, COMPRESSION_MAGIC_BYTES, 0);
    } finally {
      closeSync(descriptor);
    }
  } catch (cause) {
    throw unreadable(location, cause);
  }
  return sniffCompression(head);
}

interface Listing {
  readonly candidates: readonly Candidate[];
  /** What concerns the archive as a whole. */
  readonly problems: readonly Problem[];
  readonly kind: OpenedImage['kind'];
}

/** Docker 25 and later write both forms; the OCI one states digests for everything, so it is preferred where it leads to an image. */
function listImages(files: ImageFiles, limits: Limits): Listing {
  const isFolder = files.isFolder;
  const oci = listOciImages(files, limits);
  const hasManifest = files.find('/manifest.json') !== undefined;
  if (oci !== undefined && (oci.length > 0 || !hasManifest)) {
    return {
      candidates: oci,
      problems: problemsOfDockerForm({ files, limits }),
      kind: isFolder ? 'oci-layout' : hasManifest ? 'docker-archive' : 'oci-archive',
    };
  }
  const docker = isFolder ? undefined : (listDockerImages(files, limits) ?? listLegacyImages(files, limits));
  if (docker !== undefined) return { candidates: docker, problems: [], kind: 'docker-archive' };
  throw unknownInput(files);
}

function unknownInput(files: ImageFiles): PlimsollError {
  const hint = files.isFolder
    ? 'a folder must be an OCI layout; for a root file system write dir:PATH'
    : 'an image archive holds index.json, manifest.json or repositories';
  const message = files.isFolder ? 'the folder is no OCI layout' : 'the archive holds no image';
  return new PlimsollError('PLM_INPUT_UNKNOWN', message, { path: files.location, hint });
}

interface ImageContext {
  readonly listing: Listing;
  readonly files: ImageFiles;
  readonly options: OpenImageOptions;
  /** Platforms there were to choose from. */
  readonly count: number;
}

function toImage(chosen: Candidate, context: ImageContext): OpenedImage {
  const { files, options, listing, count } = context;
  const loaded = chosen.load();
  if (loaded.layers.length > options.limits.layers) {
    throw new PlimsollError('PLM_LIMIT', `the image has more than ${options.limits.layers} layers`, {
      path: files.location,
      hint: 'raise it with --limit layers=N',
    });
  }
  const { manifestDigest } = loaded;
  const signer = signerOf(manifestDigest, context);
  const { layers, problems } = bindLayers(loaded.layers, loaded.config);
  const ref =
    options.ref === undefined
      ? chosen.refs[0]
      : (chosen.refs.find((name) => name.includes(options.ref ?? '')) ?? options.ref);
  const platform = loaded.config.platform;
  const note = {
    code: 'PLM_PLATFORM_CHOSEN',
    detail: `the image exists for ${count} platforms; only ${platformText(platform)} was looked at`,
  };
  return {
    kind: listing.kind,
    ...(ref === undefined ? {} : { ref }),
    tags: chosen.refs,
    ...(manifestDigest === undefined ? {} : { manifestDigest }),
    ...(signer === undefined ? {} : { signer }),
    configDigest: loaded.configDigest,
    platform,
    config: loaded.config,
    configBytes: loaded.configBytes,
    manifestBytes: loaded.manifestBytes,
    annotations: loaded.annotations,
    attestations: loaded.attestations ?? [],
    layers,
    problems: [
      ...listing.problems,
      ...loaded.problems,
      ...problems,
      ...(count > 1 && options.platform === undefined ? [note] : []),
    ],
    close: () => files.close(),
  };
}

function signerOf(manifest: Digest | undefined, { listing, files, options }: ImageContext): ImageSigner | undefined {
  const { signed, limits } = options;
  if (signed === undefined) return undefined;
  const [unread] = listing.problems;
  if (unread !== undefined) throw refuseUnsigned(files.location, unread.detail);
  return assertSigned({ files, limits }, manifest, signed);
}
