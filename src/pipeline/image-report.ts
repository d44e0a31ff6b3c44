import type { AdvisoryBundle } from '../bundle/advisory-bundle.ts';
import type { Attestation } from '../image/attestations/attestation.ts';
import { readProvenance } from '../image/attestations/read-provenance.ts';
import type { OpenedImage } from '../image/opened-image.ts';
import type { LayerIndex } from '../layers/layer-index.ts';
import { ENTRY_KIND } from '../layers/layer-index.ts';
import type { LayerHistory } from '../layers/squash.ts';
import type { Digest } from '../model/digest.ts';
import type { Distro } from '../model/distro.ts';
import type { ImageConfig, ImageReport, LayerReport } from '../model/image.ts';
import type { Provenance } from '../model/provenance.ts';
import { redact } from '../secrets/redact.ts';
import { endOfLife } from './end-of-life.ts';

/** The `image` part of the report: names and numbers; every text an author wrote passes the redactor. */
export function reportImage(
  image: OpenedImage,
  history: LayerHistory,
  { distro, bundle }: { readonly distro?: Distro | undefined; readonly bundle?: AdvisoryBundle | undefined } = {},
): ImageReport {
  const { config } = image;
  return {
    ...(image.ref === undefined ? {} : { ref: image.ref }),
    kind: image.kind,
    ...(image.manifestDigest === undefined ? {} : { manifestDigest: image.manifestDigest }),
    ...(image.signer === undefined ? {} : { signer: image.signer }),
    configDigest: identityOf(image, history),
    platform: image.platform,
    os: reportOs(distro, bundle),
    ...(config.created === undefined ? {} : { created: config.created }),
    config: reportConfig(config),
    ...(image.attestations.length === 0
      ? {}
      : { provenance: image.attestations.map((one) => reportProvenance(one, image)) }),
    layers: history.layers.map((layer) => reportLayer(layer, history, image)),
  };
}

/** A folder has no configuration: its contents tell it from other folders, in statements, VEX and policies. */
function identityOf(image: OpenedImage, history: LayerHistory): Digest {
  const contents = history.layers[0]?.digest;
  return image.kind === 'directory' && contents !== undefined ? contents : image.configDigest;
}

/** The `os` part; `unknown` where the image does not say what it is. */
export function reportOs(distro: Distro | undefined, bundle: AdvisoryBundle | undefined): ImageReport['os'] {
  if (distro === undefined) return { id: 'unknown', prettyName: 'unknown' };
  const eol = bundle === undefined ? undefined : endOfLife(distro, bundle);
  return {
    id: distro.id,
    ...(distro.versionId === undefined ? {} : { versionId: distro.versionId }),
    prettyName: distro.prettyName,
    ...(distro.codename === undefined ? {} : { codename: distro.codename }),
    ...(distro.idLike.length === 0 ? {} : { idLike: distro.idLike }),
    ...(distro.properties === undefined ? {} : { properties: distro.properties }),
    ...(eol === undefined ? {} : { eol }),
  };
}

function reportProvenance(attestation: Attestation, { signer }: OpenedImage): Provenance {
  const signed = signer !== undefined && attestation.indexes.has(signer.subject);
  return { ...readProvenance(attestation, redact), signed };
}

function reportConfig(config: ImageConfig): ImageReport['config'] {
  const labels = Object.entries(config.labels).sort(([left], [right]) => (left < right ? -1 : 1));
  return {
    ...(config.user === undefined ? {} : { user: config.user }),
    ports: [...config.exposedPorts].sort(),
    envNames: config.env.map((variable) => variable.name),
    labels: Object.fromEntries(labels.map(([name, value]) => [name, redact(value)])),
    entrypoint: config.entrypoint.map(redact),
    cmd: config.cmd.map(redact),
    ...(config.workingDir === undefined ? {} : { workingDir: config.workingDir }),
    volumes: [...config.volumes].sort(),
  };
}

function reportLayer(layer: LayerIndex, history: LayerHistory, image: OpenedImage): LayerReport {
  const createdBy = image.layers[layer.index]?.createdBy;
  const { kind, count } = layer.entries;
  let files = 0;
  for (let row = 0; row < count; row += 1) {
    const entry = kind[row];
    if (entry !== ENTRY_KIND.whiteout && entry !== ENTRY_KIND.opaque) files += 1;
  }
  return {
    index: layer.index,
    digest: layer.digest,
    diffId: layer.diffId,
    size: layer.size,
    uncompressedSize: layer.uncompressedSize,
    compression: layer.compression,
    ...(createdBy === undefined ? {} : { createdBy: redact(createdBy) }),
    files,
    hiddenBytes: history.hiddenBytes(layer.index),
  };
}
