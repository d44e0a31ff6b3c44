import type { ImageReport, LayerReport } from '../model/image.ts';
import type { Package } from '../model/package.ts';
import type { Secret } from '../model/secret.ts';

/** Bytes in the largest unit that keeps a digit before the point: `3.1 MB` (powers of 1000). */
export function describeBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return unit === 0 ? `${bytes} B` : `${value.toFixed(1)} ${units[unit]}`;
}

/** The Dockerfile instruction of a history entry, without what the builders wrap around it. */
export function instructionOf(layer: LayerReport | undefined): string | undefined {
  const text = layer?.createdBy?.trim();
  if (text === undefined || text === '') return undefined;
  const nop = /^(?:RUN )?\/bin\/sh -c #\(nop\)\s*/.exec(text);
  if (nop !== null) return text.slice(nop[0].length).trim();
  const bare = text.replace(/\s*# buildkit$/, '');
  const shell = /^(RUN )?(?:\|\d+ .*? )?\/bin\/sh -c /.exec(bare);
  return shell === null ? bare : `RUN ${bare.slice(shell[0].length).trim()}`;
}

/** An SBOM of another program tells of no layers: what it lists is stated as of layer 0. */
export function hasLayers({ layers }: ImageReport): boolean {
  return layers.length > 0;
}

/** `layer 2 (Dockerfile:5): COPY . /app`. */
export function describeLayer(image: ImageReport, index: number): string {
  const layer = image.layers[index];
  const line = layer?.dockerfileLine === undefined ? '' : ` (Dockerfile:${layer.dockerfileLine})`;
  const instruction = instructionOf(layer);
  return `layer ${index}${line}${instruction === undefined ? '' : `: ${instruction}`}`;
}

/** Namespace and name as people write them: `@scope/name`, `group:artifact`, `module/path`. */
export function packageLabel(item: Pick<Package, 'type' | 'namespace' | 'name'>): string {
  if (item.namespace === undefined || isDistroType(item.type)) return item.name;
  return item.type === 'maven' ? `${item.namespace}:${item.name}` : `${item.namespace}/${item.name}`;
}

/** Whether packages of this purl type belong to the distribution and not to an application. */
export function isDistroType(type: string): boolean {
  return ['deb', 'apk', 'rpm', 'alpm', 'ebuild', 'nix', 'snap', 'opkg'].includes(type);
}

/** Where a secret lies, in words: a path with line, or the part of the configuration. */
export function secretPlace(secret: Pick<Secret, 'path' | 'name' | 'source' | 'line'>): string {
  if (secret.path === undefined) return secret.name === undefined ? secret.source : `${secret.source} ${secret.name}`;
  return secret.line === undefined ? secret.path : `${secret.path}:${secret.line}`;
}

/** The image as people name it: its reference, else the start of its digest. */
export function imageName(image: Pick<ImageReport, 'ref' | 'manifestDigest' | 'configDigest'>): string {
  return image.ref ?? image.manifestDigest ?? (image.configDigest === '' ? 'image' : image.configDigest);
}

/** Whether the image says what system it is; images built from scratch do not. */
export function hasOs({ os }: Pick<ImageReport, 'os'>): boolean {
  return os.id !== '' && os.id !== 'unknown';
}

/** `linux/arm64/v8`; the operating system alone where the image names no architecture. */
export function platformName(image: Pick<ImageReport, 'platform'>): string {
  const { os, architecture, variant } = image.platform;
  if (architecture === '') return os;
  return variant === undefined ? `${os}/${architecture}` : `${os}/${architecture}/${variant}`;
}
