import { PlimsollError } from '../errors.ts';
import { parseDigest } from '../model/digest.ts';
import type { Platform } from '../model/image.ts';
import type { Candidate } from './candidate.ts';

/** `os/architecture[/variant]`. */
export function platformText({ os, architecture, variant }: Platform): string {
  return variant === undefined ? `${os}/${architecture}` : `${os}/${architecture}/${variant}`;
}

/**
 * The platforms of the one image that is meant. Throws PLM_IMAGE_AMBIGUOUS with the list where several images are
 * left, PLM_IMAGE_MANIFEST where the archive holds none.
 */
export function chooseImage(
  candidates: readonly Candidate[],
  ref: string | undefined,
  location: string,
): readonly Candidate[] {
  if (candidates.length === 0) {
    throw new PlimsollError('PLM_IMAGE_MANIFEST', 'the archive holds no image', { path: location });
  }
  const named = ref === undefined ? candidates : candidates.filter((candidate) => isCalled(candidate, ref));
  if (named.length === 0) {
    throw new PlimsollError('PLM_IMAGE_AMBIGUOUS', `no image in the archive is called "${ref}"`, {
      path: location,
      hint: `choose one with --ref: ${listImages(imagesOf(candidates))}`,
    });
  }
  const images = ref === undefined ? imagesOf(named) : [{ names: [ref], candidates: named }];
  if (images.length > 1) {
    throw new PlimsollError('PLM_IMAGE_AMBIGUOUS', `the archive holds ${images.length} images`, {
      path: location,
      hint: `choose one with --ref: ${listImages(images)}`,
    });
  }
  return images[0]?.candidates ?? [];
}

/** A ref matches as written, by its tag, with the implied `latest`, or as the digest of a manifest. */
function isCalled({ refs, identity }: Candidate, wanted: string): boolean {
  return (
    identity === wanted ||
    refs.some(
      (name) =>
        name === wanted || name === `${wanted}:latest` || name.endsWith(`/${wanted}`) || name.endsWith(`:${wanted}`),
    )
  );
}

/** One image under all its names: candidates that share them are its platforms. */
interface NamedImage {
  readonly names: readonly string[];
  readonly candidates: readonly Candidate[];
}

/** The different images: descriptors that lead to the same manifests are one image with several names. */
function imagesOf(candidates: readonly Candidate[]): readonly NamedImage[] {
  const groups = Map.groupBy(candidates, (candidate) => candidate.refs.join(' '));
  const same = Map.groupBy(groups.values(), (group) => group.map((candidate) => candidate.identity).join());
  return [...same.values()].map(([first = [], ...others]) => ({
    names: [...new Set([first, ...others].flatMap((group) => group.flatMap((candidate) => candidate.refs)))].sort(),
    candidates: first,
  }));
}

const NAMELESS = 'one without a name (export it alone)';

/** `"1.0" (also "latest"), "2.0"`; images without a name by their digest, where they have one. */
function listImages(images: readonly NamedImage[]): string {
  const entries = images.flatMap(({ names, candidates }) => {
    const [name, ...others] = names.map((text) => `"${text}"`);
    if (name === undefined)
      return candidates.map(({ identity }) => (parseDigest(identity) === undefined ? NAMELESS : identity));
    return [others.length === 0 ? name : `${name} (also ${others.join(', ')})`];
  });
  return entries.sort().join(', ');
}

/**
 * The candidate of the wanted platform; without a wish the only complete one, else linux/amd64, so that the choice
 * does not depend on the machine. Throws PLM_IMAGE_PLATFORM with the list.
 */
export function choosePlatform(
  candidates: readonly Candidate[],
  wanted: Platform | undefined,
  location: string,
): Candidate {
  const unique = [...new Map(candidates.map((candidate) => [candidate.identity, candidate])).values()];
  const only = unique[0];
  if (only !== undefined && unique.length === 1 && (wanted === undefined || only.platform === undefined)) return only;
  const complete = unique.filter((candidate) => candidate.isComplete);
  if (wanted === undefined && complete.length === 1 && complete[0] !== undefined) return complete[0];
  const matching = unique.filter((candidate) => matchesPlatform(candidate.platform, wanted ?? DEFAULT_PLATFORM));
  const match = matching[0];
  if (match !== undefined && matching.length === 1) return match;
  const platforms = unique.map((candidate) =>
    candidate.platform === undefined ? 'unknown' : platformText(candidate.platform),
  );
  const message =
    wanted === undefined
      ? 'the image exists for several platforms'
      : `the image does not exist for ${platformText(wanted)}, or more than once`;
  throw new PlimsollError('PLM_IMAGE_PLATFORM', message, {
    path: location,
    hint: `choose one with --platform, or --all-platforms: ${platforms.sort().join(', ')}`,
  });
}

const DEFAULT_PLATFORM: Platform = { os: 'linux', architecture: 'amd64' };

function matchesPlatform(platform: Platform | undefined, wanted: Platform): boolean {
  if (platform?.os !== wanted.os || platform.architecture !== wanted.architecture) return false;
  return wanted.variant === undefined || platform.variant === wanted.variant;
}
