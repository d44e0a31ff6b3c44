import { counted } from '../../model/counted.ts';
import type { Package } from '../../model/package.ts';
import type { Problem } from '../../model/problem.ts';
import { factMap } from './fact-map.ts';
import { restoreDistro, restoreImage, restoreProblems } from './restore-image.ts';
import { restoreForeignPackage, restoreOwnPackage } from './restore-package.ts';
import type { ReadSbom, SbomComponent, SbomDocument } from './sbom-document.ts';

/** Packages, distribution and image of a document. Components that cannot be matched are counted in a problem. */
export function restoreSbom(document: SbomDocument): ReadSbom {
  const image = document.components.find((item) => item.role === 'image');
  const os = document.components.find((item) => item.role === 'os');
  const imageFacts = factMap(image?.facts ?? []);
  const listed = document.components.filter((item) => item.role === 'package');
  const { packages, lost } = restorePackages(listed, document, imageFacts.all('aquasecurity:trivy:DiffID'));
  const distro = restoreDistro(
    { facts: imageFacts, os, osFacts: factMap(os?.facts ?? []) },
    listed.map((item) => item.purl ?? ''),
  );
  const problems: Problem[] = [...restoreProblems(imageFacts)];
  if (lost > 0)
    problems.push({
      code: 'PLM_SBOM_COMPONENT',
      detail: `${counted(lost, 'component')} of the SBOM without a usable package URL: not matched`,
    });
  return {
    format: document.format,
    packages,
    ...(distro !== undefined && { distro }),
    image: restoreImage(image, imageFacts, distro),
    problems,
  };
}

function restorePackages(
  listed: readonly SbomComponent[],
  document: SbomDocument,
  diffIds: readonly string[],
): { readonly packages: readonly Package[]; readonly lost: number } {
  const layers = new Map(diffIds.map((diffId, index) => [diffId, index]));
  const layerOf = (diffId: string): number => {
    const known = layers.get(diffId);
    if (known !== undefined) return known;
    layers.set(diffId, layers.size);
    return layers.size - 1;
  };
  const ids = packageIds(listed);
  const packages: Package[] = [];
  for (const item of listed) {
    const facts = factMap(item.facts);
    const dependsOn = document.dependencies.get(item.ref)?.flatMap((ref) => ids.get(ref) ?? []);
    const own = restoreOwnPackage(item, facts, dependsOn);
    const foreign = own === undefined ? restoreForeignPackage(item, facts, { dependsOn, layerOf }) : undefined;
    if (own !== undefined) packages.push(own);
    else if (foreign !== undefined) packages.push({ id: ids.get(item.ref) ?? foreign.purl, ...foreign });
  }
  return { packages, lost: listed.length - packages.length };
}

/** Ids by reference: ours as carried; for others the purl, numbered where several components share it. */
function packageIds(listed: readonly SbomComponent[]): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  const uses = new Map<string, number>();
  for (const item of listed) {
    const facts = factMap(item.facts);
    const own = facts.first('type') === undefined ? undefined : (facts.first('id') ?? item.ref);
    const purl = item.purl ?? item.ref;
    const number = (uses.get(purl) ?? 0) + 1;
    uses.set(purl, number);
    ids.set(item.ref, own ?? (number === 1 ? purl : `${purl}#${number}`));
  }
  return ids;
}
