import { counted } from '../model/counted.ts';
import type { Digest } from '../model/digest.ts';
import type { HistoryEntry, ImageConfig } from '../model/image.ts';
import type { Problem } from '../model/problem.ts';
import type { FileRange } from './image-files.ts';
import type { LayerSource } from './opened-image.ts';

/** A layer as a manifest names it. */
export interface StatedLayer {
  /** Undefined where the archive does not hold it (foreign layers only). */
  readonly range: FileRange | undefined;
  readonly digest?: Digest;
  readonly mediaType?: string;
}

/** Binds layers to diffIDs and history entries; what does not fit together becomes a problem. */
export function bindLayers(
  stated: readonly StatedLayer[],
  config: ImageConfig,
): { readonly layers: readonly LayerSource[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const hasDiffIds = config.diffIds.length === stated.length;
  if (!hasDiffIds) {
    const detail = `the configuration names ${counted(config.diffIds.length, 'diffID')} for ${counted(stated.length, 'layer')}; unpacked layers were not verified`;
    problems.push({ code: 'PLM_DIFFIDS_MISMATCH', detail });
  }
  const history = bindHistory(stated.length, config, problems);
  const layers = stated.map((layer, index): LayerSource => {
    const entry = history[index];
    const diffId = hasDiffIds ? config.diffIds[index] : undefined;
    if (layer.range === undefined) {
      problems.push({
        code: 'PLM_LAYER_FOREIGN',
        layer: index,
        detail: 'a foreign layer that the archive does not hold; nothing in it was looked at',
      });
    }
    return {
      index,
      key:
        layer.range === undefined
          ? `absent:${layer.digest ?? index}`
          : `${layer.range.file}:${layer.range.offset}:${layer.range.size}`,
      kind: layer.range === undefined ? 'absent' : 'blob',
      file: layer.range?.file ?? '',
      offset: layer.range?.offset ?? 0,
      size: layer.range?.size ?? 0,
      ...(layer.digest === undefined ? {} : { digest: layer.digest }),
      ...(diffId === undefined ? {} : { diffId }),
      ...(layer.mediaType === undefined ? {} : { mediaType: layer.mediaType }),
      ...(entry?.createdBy === undefined ? {} : { createdBy: entry.createdBy }),
      ...(entry === undefined ? {} : { history: entry }),
    };
  });
  return { layers, problems };
}

/** History entries that made a layer, in order; none where they do not match the layers one to one. */
function bindHistory(count: number, config: ImageConfig, problems: Problem[]): readonly HistoryEntry[] {
  const made = config.history.filter((entry) => !entry.emptyLayer);
  if (made.length === count || made.length === 0) return made;
  const detail = `the history names ${counted(made.length, 'layer')}, the image has ${count}; layers are shown without their instruction`;
  problems.push({ code: 'PLM_HISTORY_MISMATCH', detail });
  return [];
}
