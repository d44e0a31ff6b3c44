import { FACT_PREFIX, type Fact, factValue } from '../sbom/facts.ts';

/** What other tools say that packages and images are restored from. */
const FOREIGN = new Set([
  ...['SrcName', 'SrcEpoch', 'SrcRelease', 'SrcVersion', 'LayerDiffID', 'FilePath', 'Modularitylabel', 'DiffID'].map(
    (name) => `aquasecurity:trivy:${name}`,
  ),
  ...['originPackage', 'source', 'sourceVersion', 'sourceRpm', 'modularityLabel'].map(
    (name) => `syft:metadata:${name}`,
  ),
  ...['syft:location:0:layerID', 'syft:location:0:path'],
  ...['syft:distro:versionID', 'syft:distro:id', 'syft:distro:idLike:0', 'syft:distro:prettyName'],
]);

/** Whether anything is restored from a fact of this name. */
export function isReadFact(name: string): boolean {
  return FOREIGN.has(name) || factValue(name).startsWith(FACT_PREFIX);
}

/** Facts of one component by full name, in document order. */
export interface FactMap {
  first(name: string): string | undefined;
  all(name: string): readonly string[];
  /** Own facts below a name: `below('property:')` gives `[key, value]`. */
  below(name: string): readonly (readonly [string, string])[];
}

/** Names without a colon-separated prefix of another tool are ours: `first('state')` reads `plimsoll:state`. */
export function factMap(facts: readonly Fact[]): FactMap {
  const values = new Map<string, string[]>();
  for (const [rawName, value] of facts) {
    const name = factValue(rawName);
    const own = name.startsWith(FACT_PREFIX);
    const list = values.get(name);
    const text = own ? factValue(value) : value;
    if (list === undefined) values.set(name, [text]);
    else list.push(text);
  }
  const full = (name: string): string => (/^(?:syft|aquasecurity):/.test(name) ? name : `${FACT_PREFIX}${name}`);
  return {
    first: (name) => values.get(full(name))?.[0],
    all: (name) => values.get(full(name)) ?? [],
    below: (name) =>
      [...values].flatMap(([key, [value = '']]): [string, string][] =>
        key.startsWith(full(name)) ? [[key.slice(full(name).length), value]] : [],
      ),
  };
}
