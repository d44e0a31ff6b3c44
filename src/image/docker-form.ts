import { isRecord, type JsonRecord, listField, parseJson, recordField, textField, textList } from '../bytes/json.ts';
import { parseDigest } from '../model/digest.ts';
import type { Problem } from '../model/problem.ts';
import { blobPath } from './image-document.ts';
import type { ImageFiles } from './image-files.ts';
import { type Layout, listManifests } from './oci-manifests.ts';

/**
 * Archives of docker 25 and later hold each image in two forms: `index.json`, which is read here, and `manifest.json`, by
 * which `docker load` may go. Tells of every image in the second that is none of the first: nobody looked at it.
 */
export function problemsOfDockerForm(layout: Layout): readonly Problem[] {
  const bytes = layout.files.read('/manifest.json');
  const images = bytes === undefined ? undefined : parseJson(new TextDecoder().decode(bytes), layout.limits.jsonDepth);
  if (!Array.isArray(images)) return [];
  const read = new Set<string>();
  for (const { child } of listManifests(layout) ?? [])
    if (child !== undefined) read.add(placesOf(layout.files, blobsOfManifest(child.value)));
  return images.filter(isRecord).flatMap((image) => {
    const config = textField(image, 'Config');
    if (config === undefined || read.has(placesOf(layout.files, [config, ...textList(image, 'Layers')]))) return [];
    const name = textList(image, 'RepoTags')[0] ?? config;
    const detail = `manifest.json describes "${name}" by other files than index.json does: docker load may take an image that was not looked at`;
    return [{ code: 'PLM_IMAGE_FORMS', detail }];
  });
}

function blobsOfManifest(manifest: JsonRecord): readonly (string | undefined)[] {
  return [recordField(manifest, 'config'), ...listField(manifest, 'layers')].map((descriptor) => {
    const digest = isRecord(descriptor) ? parseDigest(descriptor['digest']) : undefined;
    return digest === undefined ? undefined : blobPath(digest);
  });
}

/** Where configuration and layers lie: equal for both forms of one image, whatever the paths are. */
function placesOf(files: ImageFiles, paths: readonly (string | undefined)[]): string {
  return paths
    .map((path) => {
      const range = path === undefined ? undefined : files.find(path);
      return range === undefined ? 'absent' : `${range.file} ${range.offset}+${range.size}`;
    })
    .join('\n');
}
