import { type OpenImageOptions, openImage } from '../image/open-image.ts';
import type { OpenedImage } from '../image/opened-image.ts';
import { reportFiles } from '../layers/file-report.ts';
import { listChanges, sumLayers } from '../layers/layer-changes.ts';
import { type LayerHistory, squash } from '../layers/squash.ts';
import { measureWaste, type Waste } from '../layers/waste.ts';
import type { Limits } from '../limits.ts';
import type { GateResult } from '../model/analysis.ts';
import type { LayersReport } from '../model/layer-changes.ts';
import { sortProblems } from './compose-analysis.ts';
import { reportImage } from './image-report.ts';
import type { OnProgress } from './progress.ts';
import { readLayers } from './read-layers.ts';

export interface ReadHistoryOptions extends OpenImageOptions {
  readonly workers: number;
  readonly onProgress?: OnProgress;
}

/** An image with its layers read and put together, without packages or secrets. */
export interface ReadHistory {
  readonly image: OpenedImage;
  readonly history: LayerHistory;
}

/** Opens an image and reads its layers, hands them to `use`, and closes the image in any case. */
export async function withHistory<Result>(
  location: string,
  options: ReadHistoryOptions,
  use: (read: ReadHistory) => Result | Promise<Result>,
): Promise<Result> {
  const image = await openImage(location, options);
  try {
    const layers = await readLayers(image, { ...options, scanners: new Set(), packages: false }, new Map());
    return await use({
      image,
      history: squash(
        layers.map((layer) => layer.index),
        options.limits,
      ),
    });
  } finally {
    await image.close();
  }
}

export interface LayersReportOptions {
  readonly version: string;
  readonly limits: Limits;
  /** Layers whose changes are listed one by one. */
  readonly listed: readonly number[];
  /** Gate: least efficiency, 0 to 1. */
  readonly minEfficiency?: number;
  /** Gate: most wasted bytes. */
  readonly maxWasted?: number;
}

/** What every layer added, changed, deleted and hides. */
export function composeLayersReport({ image, history }: ReadHistory, options: LayersReportOptions): LayersReport {
  const report = reportImage(image, history);
  const sums = sumLayers(history);
  const waste = measureWaste(history);
  const listed = reportFiles(history, options.limits);
  return {
    schemaVersion: 1,
    tool: { name: 'plimsoll', version: options.version },
    image: report,
    layers: report.layers.map((layer) => {
      const { index } = layer;
      const sum = sums[index];
      if (sum === undefined) throw new Error(`layer ${index} has no sums`);
      return { ...layer, ...sum, ...(options.listed.includes(index) ? { changes: listChanges(history, index) } : {}) };
    }),
    files: listed.files,
    waste,
    gates: judge(waste, options),
    problems: sortProblems([
      ...image.problems,
      ...history.layers.flatMap((layer) => layer.problems),
      ...listed.problems,
    ]),
  };
}

function judge(waste: Waste, { minEfficiency, maxWasted }: LayersReportOptions): readonly GateResult[] {
  const gates: GateResult[] = [];
  if (minEfficiency !== undefined) {
    const message = `efficiency ${percent(waste.efficiency)}, at least ${percent(minEfficiency)} is asked for`;
    gates.push({
      id: 'min-efficiency',
      action: 'fail',
      passed: waste.efficiency >= minEfficiency,
      message,
      findings: [],
    });
  }
  if (maxWasted !== undefined) {
    const message = `${waste.bytes} bytes wasted, at most ${maxWasted} are allowed`;
    gates.push({ id: 'max-wasted', action: 'fail', passed: waste.bytes <= maxWasted, message, findings: [] });
  }
  return gates;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
