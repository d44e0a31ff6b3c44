import { isRecord, type JsonRecord, listField, parseJson, recordField, textField, textList } from '../bytes/json.ts';
import { parseDigest } from '../model/digest.ts';
import type { Problem } from '../model/problem.ts';
import { blobPath } from './image-document.ts';
import type { ImageFiles } from './image-files.ts';
import { type Layout, listManifests } from './oci-manifests.ts';

/**
 * Archives of docker 25 and later hold each image in two forms: `index.json`, which is read here, and `manifest.json` (or, where
 * that is missing, `repositories`), by which `docker load` may go. Tells of every image in the second that is none of the first:
 * nobody looked at it.
 */
export function problemsOfDockerForm(layout: Layout): readonly Problem[] {
  const { files, limits } = layout;
  const bytes = files.read('/manifest.json');
  if (bytes === undefined) return files.find('/repositories') === undefined ? [] : [unread('repositories')];
  const images = parseJson(new TextDecoder().decode(bytes), limits.jsonDepth);
  // docker reads the first value and passes over what follows it
  if (images === undefined) return [unread('manifest.json')];
  if (!Array.isArray(images)) return [];
  const read = new Set<string>();
  for (const { child } of listManifests(layout) ?? [])
    if (child !== undefined) read.add(placesOf(files, blobsOfManifest(child.value)));
  return images.filter(isRecord).flatMap((image) => {
    const paths = pathsOfDocker(image);
    if (paths !== undefined && read.has(placesOf(files, paths))) return [];
    const name = textList(image, 'RepoTags')[0] ?? textField(image, 'Config') ?? 'an image';
    const detail = `manifest.json describes "${name}" by other files than index.json does: docker load may take an image that was not looked at`;
    return [{ code: 'PLM_IMAGE_FORMS', detail }];
  });
}

function unread(name: string): Problem {
  const detail = `${name} could not be compared with index.json: docker load may take an image that was not looked at`;
  return { code: 'PLM_IMAGE_FORMS', detail };
}

/** Configuration and layers. Undefined where docker may understand others: it takes field names in any case, the last one counts. */
function pathsOfDocker(image: JsonRecord): readonly string[] | undefined {
  const isAmbiguous = Object.keys(image).some((name) => name !== 'Config' && name !== 'Layers' && FIELDS.test(name));
  const config = textField(image, 'Config');
  return isAmbiguous || config === undefined ? undefined : [config, ...textList(image, 'Layers')];
}

/** As Go compares them: `ſ` is an `s`. */
const FIELDS = /^(?:config|layers)$/iu;

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
