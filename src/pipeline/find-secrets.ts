import type { Found } from '../detect/assemble.ts';
import { evidenceRoot } from '../detect/assemble-packages.ts';
import { isUntouched } from '../detect/ownership.ts';
import type { OpenedImage } from '../image/opened-image.ts';
import type { LayerHistory } from '../layers/squash.ts';
import type { Problem } from '../model/problem.ts';
import type { Secret } from '../model/secret.ts';
import type { LayerResult } from '../pool/analyze-layer.ts';
import { joinSecrets } from '../secrets/join-secrets.ts';
import { sealedTexts } from '../secrets/prove-opened.ts';
import { scanConfig } from '../secrets/scan-config.ts';
import { type EntryPlace, shownLinks } from './linked-secrets.ts';
import type { Scanner } from './scanner.ts';

export interface FindSecretsInput {
  readonly image: OpenedImage;
  readonly layers: readonly LayerResult[];
  readonly history: LayerHistory;
  readonly found: Found;
  readonly scanners: ReadonlySet<Scanner>;
}

export interface FoundSecrets {
  readonly secrets: readonly Secret[];
  /** What of the configuration could not be looked at; of files the layers say it. */
  readonly problems: readonly Problem[];
}

/** Secrets of all layers and of the configuration, with the state of the file each lies in. Empty where not asked for. */
export function findSecrets(input: FindSecretsInput): FoundSecrets {
  if (!input.scanners.has('secret')) return { secrets: [], problems: [] };
  const { image, layers, history, found } = input;
  const entries = layers.map(entriesByPath);
  const shownLink = shownLinks(history, hiddenEntries(layers, history));
  const inFiles = joinSecrets(
    layers.map((layer, index) => ({ layer: index, drafts: layer.secrets })),
    {
      state: (layer, path) => {
        const entry = entries[layer]?.get(evidenceRoot(path));
        if (entry === undefined) return undefined;
        const link = shownLink({ layer, entry });
        return link === undefined ? history.fate(layer, entry) : { state: 'present', path: link };
      },
      unmodifiedOwner: (layer, path) => {
        const owned = found.ownership.of(evidenceRoot(path));
        if (owned === undefined || owned.owner.draft.ofDistro !== true) return undefined;
        return isUntouched(owned, layer, undefined) ? owned.owner.package.id : undefined;
      },
    },
  );
  const sealed = sealedTexts(layers.flatMap((layer) => layer.secrets));
  const { config, annotations } = image;
  const statements = image.attestations.map(({ predicate }) => predicate);
  const inConfig = scanConfig({ config, annotations, statements }, sealed);
  return { secrets: [...inFiles, ...inConfig.secrets], problems: inConfig.problems };
}

/** The files with secrets that the image no longer shows. */
function hiddenEntries(layers: readonly LayerResult[], history: LayerHistory): readonly EntryPlace[] {
  return layers.flatMap(({ secrets }, layer) =>
    secrets
      .filter(({ entry }) => entry >= 0 && history.fate(layer, entry).state !== 'present')
      .map(({ entry }) => ({ layer, entry })),
  );
}

/** Rows of the files that secrets or packages were found in. */
function entriesByPath(layer: LayerResult): ReadonlyMap<string, number> {
  const entries = new Map<string, number>();
  for (const { path, entry } of layer.detections.visited) entries.set(path, entry);
  for (const { path, entry } of layer.secrets) if (entry >= 0) entries.set(path, entry);
  return entries;
}
