import type { AnalyzeOptions } from './analyze.ts';
import type { Problem } from './model/problem.ts';
import { sortProblems } from './pipeline/compose-analysis.ts';
import { reportOs } from './pipeline/image-report.ts';
import { listLicenses } from './pipeline/list-licenses.ts';
import { matchAgainst } from './pipeline/match-against.ts';
import type { UnjudgedAnalysis } from './policy/gates/evaluate.ts';
import { readSbomFile } from './read-sbom-file.ts';
import { readSbom } from './report/read-sbom/read-sbom.ts';

/**
 * Matches the packages of an SBOM file: the findings of the image it was made from, as far as the SBOM carries what
 * matching needs. Throws PLM_INPUT_NOT_FOUND, PLM_INPUT_UNREADABLE, PLM_SBOM_INVALID, PLM_LIMIT,
 * and where a signature is demanded PLM_IMAGE_UNSIGNED, PLM_IMAGE_SIGNATURE.
 */
export async function analyzeSbom(path: string, options: AnalyzeOptions): Promise<UnjudgedAnalysis> {
  const sbom = readSbom(readSbomFile(path, options.limits.sbomBytes), options.limits, options.signed);
  const base = new Set(sbom.image.layers.filter((layer) => layer.base === true).map((layer) => layer.index));
  const matched = matchAgainst(options.scanners.has('vuln') ? options.bundle : undefined, {
    packages: sbom.packages,
    distro: sbom.distro,
    limits: options.limits,
    inBase: (layer) => base.has(layer),
  });
  return {
    schemaVersion: 1,
    tool: { name: 'plimsoll', version: options.version },
    ...(options.created === undefined ? {} : { createdAt: options.created }),
    image: { ...sbom.image, os: reportOs(sbom.distro, options.bundle) },
    packages: sbom.packages,
    ...matched.parts,
    secrets: [],
    files: { deleted: [], overwritten: [], setuid: [], capabilities: [], worldWritable: [] },
    waste: { bytes: 0, efficiency: 1 },
    misconfigurations: [],
    licenses: options.scanners.has('license') ? listLicenses(sbom.packages, []) : [],
    problems: sortProblems([...sbom.problems, ...matched.problems, ...filesUnverified(options)]),
  };
}

function filesUnverified({ verifyFiles, knownBad }: AnalyzeOptions): readonly Problem[] {
  if (verifyFiles !== true && knownBad === undefined) return [];
  const detail = 'an SBOM has no files: none could be verified, and no known bad ones be looked for';
  return [{ code: 'PLM_FILES_UNVERIFIED', detail }];
}
