import type { ImageReport } from '../../model/image.ts';

/**
 * Whether a product names this image: by digest (`sha256:…`, `pkg:oci/name@sha256%3A…`) or, where it has no digest, by
 * the whole reference. An OCI purl names the last part of the repository and, in `repository_url`, all of it
 * (https://github.com/package-url/purl-spec/blob/main/types-doc/oci-definition.md).
 */
export function imageProductMatches(product: string, image: ImageReport): boolean {
  const digests = [image.manifestDigest, image.configDigest].filter((digest) => digest !== undefined && digest !== '');
  if (/^sha256:[0-9a-f]{64}$/.test(product)) return digests.includes(product);
  if (!product.startsWith('pkg:oci/')) return image.ref !== undefined && product === image.ref;
  const [path = '', query = ''] = product.slice('pkg:oci/'.length).split('?');
  const [name = '', version] = path.split('@');
  const digest = version?.replace(/%3a/i, ':');
  if (digest?.startsWith('sha256:') === true) return digests.includes(digest);
  if (image.ref === undefined) return false;
  const qualifiers = new URLSearchParams(query);
  const { repository, tag } = splitReference(image.ref);
  const wantedTag = qualifiers.get('tag') ?? version;
  if (wantedTag !== undefined && wantedTag !== '' && wantedTag !== tag) return false;
  const wantedRepository = qualifiers.get('repository_url');
  return wantedRepository === null
    ? repository.slice(repository.lastIndexOf('/') + 1) === name
    : repository === wantedRepository;
}

function splitReference(reference: string): { readonly repository: string; readonly tag: string | undefined } {
  const [beforeDigest = ''] = reference.split('@');
  const colon = beforeDigest.lastIndexOf(':');
  if (colon <= beforeDigest.lastIndexOf('/')) return { repository: beforeDigest, tag: undefined };
  return { repository: beforeDigest.slice(0, colon), tag: beforeDigest.slice(colon + 1) };
}
