import type { ImageReport } from '../../model/image.ts';

/**
 * The purl of the image (https://github.com/package-url/purl-spec, type `oci`), where both its repository and its
 * manifest digest are known: `pkg:oci/shop@sha256%3A…?arch=amd64&repository_url=registry.example/shop&tag=1.4`.
 */
export function imagePurl(image: ImageReport): string | undefined {
  const match =
    /^((?:[a-z0-9.-]+(?::\d+)?\/)?(?:[a-z0-9._-]+\/)*([a-z0-9._-]+))(?::([\w.-]+))?(?:@[a-z0-9]+:[0-9a-f]+)?$/i.exec(
      image.ref ?? '',
    );
  const repository = match?.[1];
  const name = match?.[2];
  if (repository === undefined || name === undefined || image.manifestDigest === undefined) return undefined;
  const qualifiers = [`arch=${encodeURIComponent(image.platform.architecture)}`];
  if (repository !== name)
    qualifiers.push(`repository_url=${encodeURIComponent(repository.toLowerCase()).replaceAll('%2F', '/')}`);
  if (match?.[3] !== undefined) qualifiers.push(`tag=${encodeURIComponent(match[3])}`);
  return `pkg:oci/${encodeURIComponent(name.toLowerCase())}@${encodeURIComponent(image.manifestDigest)}?${qualifiers.join('&')}`;
}
