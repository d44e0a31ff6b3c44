import { PlimsollError } from '../errors.ts';
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
  const named =
    ref === undefined
      ? candidates
      : candidates.filter((candidate) => candidate.refs.some((name) => matchesRef(name, ref)));
  if (named.length === 0) {
    throw new PlimsollError('PLM_IMAGE_AMBIGUOUS', `no image in the archive is called "${ref}"`, {
      path: location,
      hint: listRefs(candidates),
    });
  }
  const groups = Map.groupBy(named, (candidate) => (ref === undefined ? candidate.refs.join(' ') : ''));
  const distinct = new Set([...groups.values()].map((group) => group.map((candidate) => candidate.identity).join()));
  if (distinct.size > 1) {
    throw new PlimsollError('PLM_IMAGE_AMBIGUOUS', `the archive holds ${distinct.size} images`, {
      path: location,
      hint: listRefs(candidates),
    });
  }
  return [...groups.values()][0] ?? [];
}

/** A ref matches as written, by its tag, or with the implied `latest`. */
function matchesRef(name: string, wanted: string): boolean {
  return name === wanted || name === `${wanted}:latest` || name.endsWith(`/${wanted}`) || name.endsWith(`:${wanted}`);
}

function listRefs(candidates: readonly Candidate[]): string {
  const refs = [...new Set(candidates.flatMap((candidate) => candidate.refs))].sort();
  return refs.length === 0
    ? 'none of them has a name; export one image at a time'
    : `choose one with --ref: ${refs.join(', ')}`;
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
