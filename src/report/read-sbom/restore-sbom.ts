import { counted } from '../../model/counted.ts';
import type { Package } from '../../model/package.ts';
import type { Problem } from '../../model/problem.ts';
import { factMap } from './fact-map.ts';
import { restoreDistro } from './restore-distro.ts';
import { restoreImage, restoreProblems } from './restore-image.ts';
import { restoreForeignPackage, restoreOwnPackage } from './restore-package.ts';
import type { ReadSbom, SbomComponent, SbomDocument } from './sbom-document.ts';

/** Packages, distribution and image of a document. Components that cannot be matched are counted in a problem. */
export function restoreSbom(document: SbomDocument): ReadSbom {
  const image = document.components.find((item) => item.role === 'image');
  const os = document.components.find((item) => item.role === 'os');
  const imageFacts = factMap(image?.facts ?? []);
  const listed = document.components.filter((item) => item.role === 'package');
  const named = listed.filter(isNamed);
  const { packages, lost } = restorePackages(named, document, imageFacts.all('aquasecurity:trivy:DiffID'));
  const distro = restoreDistro(
    { facts: imageFacts, os, osFacts: factMap(os?.facts ?? []) },
    named.map((item) => item.purl ?? ''),
  );
  const problems: Problem[] = [...restoreProblems(imageFacts)];
  const unusable = lost + listed.length - named.length;
  if (unusable > 0)
    problems.push({
      code: 'PLM_SBOM_COMPONENT',
      detail: `${counted(unusable, 'component')} of the SBOM without a usable package URL: not matched`,
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
  const idsByRef = new Map<string, string>();
  for (const [{ ref }, id] of ids) if (ref !== '' && !idsByRef.has(ref)) idsByRef.set(ref, id);
  const packages: Package[] = [];
  for (const [item, id] of ids) {
    const facts = factMap(item.facts);
    const needs = item.ref === '' ? undefined : document.dependencies.get(item.ref);
    const dependsOn = needs?.flatMap((ref) => idsByRef.get(ref) ?? []);
    const restored =
      restoreOwnPackage(item, facts, dependsOn) ?? restoreForeignPackage(item, facts, { dependsOn, layerOf });
    if (restored !== undefined) packages.push({ id, ...restored });
  }
  return { packages, lost: listed.length - packages.length };
}

/** Names, versions and purls of real packages have a few hundred characters; reports repeat them a dozen times. */
const NAME_CHARACTERS = 4096;

function isNamed({ ref, name, version, purl = '' }: SbomComponent): boolean {
  return Math.max(ref.length, name.length, version.length, purl.length) <= NAME_CHARACTERS;
}

/**
 * Ids by component: ours as carried; for others the purl. Each is given once, numbered where it is taken: a reference
 * is optional in CycloneDX, and findings of packages that share an id would be told of the wrong one.
 */
function packageIds(listed: readonly SbomComponent[]): ReadonlyMap<SbomComponent, string> {
  const ids = new Map<SbomComponent, string>();
  const taken = new Set<string>();
  const numbers = new Map<string, number>();
  for (const item of listed) {
    const facts = factMap(item.facts);
    const carried = facts.first('type') === undefined ? undefined : (facts.first('id') ?? item.ref);
    const wanted = carried === undefined || carried === '' ? (item.purl ?? item.ref) : carried;
    let id = wanted;
    for (let number = numbers.get(wanted) ?? 2; taken.has(id); number += 1) {
      id = `${wanted}#${number}`;
      numbers.set(wanted, number + 1);
    }
    taken.add(id);
    ids.set(item, id);
  }
  return ids;
}
