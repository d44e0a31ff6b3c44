import { isRecord, optional, parseJson, textField } from '../../bytes/json.ts';
import type { Location, State } from '../../model/evidence.ts';
import type { Package } from '../../model/package.ts';
import { lookupName } from '../../versions/ecosystem.ts';
import type { FactMap } from './fact-map.ts';
import type { SbomComponent } from './sbom-document.ts';
import { type PurlParts, splitPurl } from './split-purl.ts';

const STATES: readonly State[] = ['present', 'overwritten', 'deleted'];

/** The package that our own SBOM describes, field for field as it was written; undefined where the component is not ours. */
export function restoreOwnPackage(
  item: SbomComponent,
  facts: FactMap,
  dependsOn: readonly string[] | undefined,
): Omit<Package, 'id'> | undefined {
  const type = facts.first('type');
  const state = STATES.find((known) => known === facts.first('state'));
  const [first, ...others] = facts.all('location').flatMap(locationOf);
  if (type === undefined || state === undefined || first === undefined || item.purl === undefined) return undefined;
  const namespace = facts.first('namespace') ?? item.group;
  const removedIn = layerNumber(facts.first('removedIn'));
  const properties = Object.fromEntries(facts.below('property:'));
  const hashes = ownHashes(item, facts);
  return {
    type,
    ...(namespace !== undefined && { namespace }),
    name: facts.first('name') ?? item.name,
    version: facts.first('version') ?? item.version,
    ...optional('arch', facts.first('arch')),
    purl: item.purl,
    ...sourceOf(facts.first('source:name'), facts.first('source:version')),
    licenses: facts.all('license').length > 0 ? facts.all('license') : item.licenses,
    locations: [first, ...others],
    state,
    ...(removedIn !== undefined && { removedIn }),
    ...optional('ownedBy', facts.first('ownedBy')),
    ...scopeOf(facts.first('scope')),
    ...(hashes.length > 0 && { hashes }),
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(dependsOn !== undefined && { dependsOn }),
  };
}

/** What a component of another tool's SBOM is understood by beside itself. */
interface ForeignSurroundings {
  readonly dependsOn: readonly string[] | undefined;
  readonly layerOf: (diffId: string) => number;
}

/** The package that an SBOM of another tool describes, as far as purl and well-known properties go. */
export function restoreForeignPackage(
  item: SbomComponent,
  facts: FactMap,
  { dependsOn, layerOf }: ForeignSurroundings,
): Omit<Package, 'id'> | undefined {
  const purl = item.purl === undefined ? undefined : splitPurl(item.purl);
  if (purl === undefined || item.purl === undefined || ['oci', 'docker'].includes(purl.type)) return undefined;
  const arch = purl.qualifiers.get('arch');
  const modularity =
    facts.first('aquasecurity:trivy:Modularitylabel') ??
    facts.first('syft:metadata:modularityLabel') ??
    purl.qualifiers.get('modularitylabel');
  return {
    type: purl.type,
    ...optional('namespace', purl.namespace),
    name: exactName(item.name, purl),
    version: versionOf(item, purl),
    ...(arch !== undefined && { arch }),
    purl: item.purl,
    ...foreignSource(facts, purl),
    licenses: item.licenses,
    locations: foreignLocations(item, facts, layerOf),
    state: 'present',
    ...(item.scope !== undefined && { scope: item.scope }),
    ...(item.hashes.length > 0 && { hashes: item.hashes }),
    ...(modularity !== undefined && { properties: { modularitylabel: modularity } }),
    ...(dependsOn !== undefined && { dependsOn }),
  };
}

function locationOf(text: string): readonly Location[] {
  const value = parseJson(text, 2);
  if (!isRecord(value)) return [];
  const path = textField(value, 'path');
  const { layer } = value;
  if (path === undefined || typeof layer !== 'number' || !Number.isSafeInteger(layer) || layer < 0) return [];
  return [
    {
      path,
      layer,
      ...optional('detector', textField(value, 'detector')),
      ...optional('digest', textField(value, 'digest')),
    },
  ];
}

function ownHashes(item: SbomComponent, facts: FactMap): NonNullable<Package['hashes']> {
  const exact = facts.all('hash').flatMap((text) => {
    const at = text.indexOf(':');
    return at < 0 ? [] : [{ algorithm: text.slice(0, at), value: text.slice(at + 1) }];
  });
  return exact.length > 0 ? exact : item.hashes;
}

function layerNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

function scopeOf(text: string | undefined): Pick<Package, 'scope'> {
  return text === 'runtime' || text === 'development' || text === 'optional' ? { scope: text } : {};
}

function sourceOf(name: string | undefined, version: string | undefined): Pick<Package, 'source'> {
  return name === undefined ? {} : { source: { name, version: version ?? '' } };
}

/** Trivy and Syft name the source package in properties, Syft also in the purl's `upstream` qualifier. */
function foreignSource(facts: FactMap, purl: PurlParts): Pick<Package, 'source'> {
  const trivy = facts.first('aquasecurity:trivy:SrcName');
  if (trivy !== undefined) return sourceOf(trivy, trivySourceVersion(facts));
  const upstream = purl.qualifiers.get('upstream');
  const name =
    facts.first('syft:metadata:source') ?? facts.first('syft:metadata:originPackage') ?? upstream?.replace(/@.*$/, '');
  if (name === undefined || name === '') return {};
  const stated = facts.first('syft:metadata:sourceVersion') ?? upstream?.match(/@(.+)$/)?.[1];
  // A source rpm is named as a file: `openssl-3.0.7-24.el9.src.rpm`.
  const rpm = /^(.+)-([^-]+-[^-]+)\.src\.rpm$/.exec(facts.first('syft:metadata:sourceRpm') ?? name);
  if (rpm !== null) return sourceOf(rpm[1], rpm[2]);
  return sourceOf(name, stated === undefined || stated === '' ? purl.version : stated);
}

function trivySourceVersion(facts: FactMap): string {
  const epoch = facts.first('aquasecurity:trivy:SrcEpoch');
  const release = facts.first('aquasecurity:trivy:SrcRelease');
  const version = facts.first('aquasecurity:trivy:SrcVersion') ?? '';
  return `${epoch === undefined ? '' : `${epoch}:`}${version}${release === undefined ? '' : `-${release}`}`;
}

/** The component's spelling where it is the purl's name in other letters, else the purl's; the rule of PyPI is the most lenient. */
function exactName(name: string, purl: PurlParts): string {
  const plain = (text: string): string => lookupName('PyPI', text);
  return plain(name) === plain(purl.name) ? name : purl.name;
}

/** The component's version, else the purl's; the epoch of an rpm or deb may stand apart in the purl. */
function versionOf(item: SbomComponent, purl: PurlParts): string {
  const version = item.version === '' ? (purl.version ?? '') : item.version;
  const epoch = purl.qualifiers.get('epoch');
  return epoch === undefined || epoch === '0' || /^\d+:/.test(version) ? version : `${epoch}:${version}`;
}

function foreignLocations(
  item: SbomComponent,
  facts: FactMap,
  layerOf: (diffId: string) => number,
): Package['locations'] {
  const diffId = facts.first('aquasecurity:trivy:LayerDiffID') ?? facts.first('syft:location:0:layerID');
  const layer = diffId === undefined ? 0 : layerOf(diffId);
  const stated = facts.first('aquasecurity:trivy:FilePath') ?? facts.first('syft:location:0:path');
  const [first = '', ...others] = stated === undefined ? item.paths : [stated];
  const absolute = (path: string): string => (path === '' || path.startsWith('/') ? path : `/${path}`);
  return [{ path: absolute(first), layer }, ...others.map((path) => ({ path: absolute(path), layer }))];
}
