import { compareText } from '../bytes/compare-text.ts';
import type { FileReport } from '../model/analysis.ts';
import type { Package } from '../model/package.ts';
import type { UnjudgedAnalysis } from '../policy/gates/evaluate.ts';
import type { SecretDraft } from '../secrets/draft.ts';
import { redact } from '../secrets/redact.ts';
import { HEADER_NAME } from '../secrets/stream-scanner.ts';

/**
 * The analysis with every path written as `***` where the secret scanner found a secret in the path itself, in whichever
 * part of the report the path stands. Paths that only differ in their secrets stay apart by a number: `/srv/***#2`.
 * Lists keep the order of the true paths. Costs nothing where no path holds a secret.
 */
export function hideSecretPaths(
  analysis: UnjudgedAnalysis,
  drafts: Iterable<Pick<SecretDraft, 'path' | 'name'>>,
): UnjudgedAnalysis {
  const hidden = hiddenPaths(drafts);
  if (hidden.size === 0) return analysis;
  const shown = showPath(hidden);
  const placed = <T extends { readonly path?: string }>(item: T): T =>
    item.path === undefined ? item : { ...item, path: shown(item.path) };
  return {
    ...analysis,
    packages: analysis.packages.map((item) => shownPackage(item, shown)),
    secrets: analysis.secrets.map((item) => {
      const { proof } = item;
      return placed(proof === undefined ? item : { ...item, proof: redact(proof) });
    }),
    files: shownFiles(analysis.files, placed),
    misconfigurations: analysis.misconfigurations.map((item) => placed({ ...item, evidence: redact(item.evidence) })),
    licenses: analysis.licenses.map((item) =>
      item.files === undefined ? item : { ...item, files: item.files.map(shown) },
    ),
    problems: analysis.problems.map((item) => placed({ ...item, detail: redact(item.detail) })),
  };
}

/** How the same paths are written outside the analysis; undefined where no path holds a secret. */
export function pathHider(
  drafts: Iterable<Pick<SecretDraft, 'path' | 'name'>>,
): ((path: string) => string) | undefined {
  const hidden = hiddenPaths(drafts);
  return hidden.size === 0 ? undefined : showPath(hidden);
}

/** What to write instead of each path that holds a secret, folders that no entry of the archive names included. */
function hiddenPaths(drafts: Iterable<Pick<SecretDraft, 'path' | 'name'>>): ReadonlyMap<string, string> {
  const paths = new Set<string>();
  for (const { path, name } of drafts) {
    if (name !== HEADER_NAME) continue;
    for (let at = path; at !== '' && !paths.has(at); at = at.slice(0, at.lastIndexOf('/'))) paths.add(at);
  }
  const hidden = new Map<string, string>();
  const uses = new Map<string, number>();
  for (const path of [...paths].sort(compareText)) {
    const safe = redact(path);
    if (safe === path) continue;
    const use = (uses.get(safe) ?? 0) + 1;
    uses.set(safe, use);
    hidden.set(path, use === 1 ? safe : `${safe}#${use}`);
  }
  return hidden;
}

/** Members of an archive lie at `archive!/member`. */
function showPath(hidden: ReadonlyMap<string, string>): (path: string) => string {
  return (path) => {
    const known = hidden.get(path);
    if (known !== undefined) return known;
    const cut = path.indexOf('!/');
    const archive = cut < 0 ? undefined : hidden.get(path.slice(0, cut));
    return archive === undefined ? path : `${archive}${path.slice(cut)}`;
  };
}

function shownPackage(item: Package, shown: (path: string) => string): Package {
  const [first, ...others] = item.locations;
  return {
    ...item,
    locations: [
      { ...first, path: shown(first.path) },
      ...others.map((location) => ({ ...location, path: shown(location.path) })),
    ],
    ...(item.properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(Object.entries(item.properties).map(([name, value]) => [name, shown(value)])),
        }),
  };
}

function shownFiles(files: FileReport, placed: <T extends { readonly path?: string }>(item: T) => T): FileReport {
  const { devices, unowned, integrity, known, all } = files;
  return {
    deleted: files.deleted.map(placed),
    overwritten: files.overwritten.map(placed),
    setuid: files.setuid.map(placed),
    capabilities: files.capabilities.map(placed),
    worldWritable: files.worldWritable.map(placed),
    ...(devices === undefined ? {} : { devices: devices.map(placed) }),
    ...(unowned === undefined ? {} : { unowned: unowned.map(placed) }),
    ...(integrity === undefined ? {} : { integrity: { ...integrity, modified: integrity.modified.map(placed) } }),
    ...(known === undefined ? {} : { known: known.map(placed) }),
    ...(all === undefined ? {} : { all: all.map(placed) }),
  };
}
