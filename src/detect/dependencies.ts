import type { AssembledPackage } from './assemble-packages.ts';
import { commonDirectory, type Nearest, nearestByPlace } from './nearest-package.ts';

/** Packages that answer to one name; alone in nearly all cases. */
type Answers = AssembledPackage | AssembledPackage[];

/** Candidates are compared one by one up to this many. */
const FEW = 16;

/**
 * Resolves the names a package says it needs to ids of packages that are present. Where several packages answer to a
 * name, the one installed nearest (longest common directory) is meant, as with nested `node_modules`.
 */
export function resolveDependencies(packages: readonly AssembledPackage[]): ReadonlyMap<string, readonly string[]> {
  const present = packages.filter((entry) => entry.package.state === 'present');
  const byType = answersByType(present);
  const searches = new Map<AssembledPackage[], Nearest>();
  const target = (entry: AssembledPackage, answers: Answers | undefined): AssembledPackage | undefined => {
    if (!Array.isArray(answers)) return answers;
    if (answers.length <= FEW) return nearest(entry, answers);
    const search = searches.get(answers) ?? nearestByPlace(answers);
    searches.set(answers, search);
    return search(entry);
  };
  const edges = new Map<string, readonly string[]>();
  for (const entry of present) {
    const needed = new Set<string>();
    const answers = byType.get(entry.package.type);
    for (const name of entry.draft.dependsOn ?? []) {
      const found = target(entry, answers?.get(name));
      if (found !== undefined && found !== entry) needed.add(found.package.id);
    }
    if (needed.size > 0) edges.set(entry.package.id, [...needed].sort());
  }
  return edges;
}

function answersByType(present: readonly AssembledPackage[]): ReadonlyMap<string, ReadonlyMap<string, Answers>> {
  const byType = new Map<string, Map<string, Answers>>();
  for (const entry of present) {
    const { type, name, namespace } = entry.package;
    const answers = byType.get(type) ?? new Map<string, Answers>();
    byType.set(type, answers);
    addAnswer(answers, name, entry);
    if (namespace !== undefined) addAnswer(answers, `${namespace}/${name}`, entry);
    for (const provided of entry.draft.provides ?? []) addAnswer(answers, provided, entry);
  }
  return byType;
}

/** The names of one package come one after the other. */
function addAnswer(answers: Map<string, Answers>, name: string, entry: AssembledPackage): void {
  const known = answers.get(name);
  if (known === undefined) answers.set(name, entry);
  else if (!Array.isArray(known)) {
    if (known !== entry) answers.set(name, [known, entry]);
  } else if (known.at(-1) !== entry) known.push(entry);
}

function nearest(from: AssembledPackage, candidates: readonly AssembledPackage[]): AssembledPackage | undefined {
  const own = from.package.locations[0].path;
  let best: AssembledPackage | undefined;
  let bestLength = -1;
  for (const candidate of candidates) {
    for (const location of candidate.package.locations) {
      const length = commonDirectory(own, location.path);
      if (length > bestLength) {
        best = candidate;
        bestLength = length;
      }
    }
  }
  return best;
}
