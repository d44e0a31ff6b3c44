import { hash } from 'node:crypto';
import type { Package } from '../model/package.ts';
import type { Secret } from '../model/secret.ts';
import type { UnjudgedAnalysis } from '../policy/gates/evaluate.ts';
import { imageKey, type RecordedAnalysis, recordAnalysis } from './archive-record.ts';
import type { ArchivedSecret, BundleMark, Deviation, NewComponent, NewImage } from './archive-store.ts';
import { type Component, componentDigest, componentOf, distroOf } from './component.ts';
import { componentNames } from './component-names.ts';
import type { ComponentMatcher } from './match-components.ts';

export interface PrepareOptions {
  /** Name to file it under where the image does not say one. */
  readonly name?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly at: string;
  /** The third-party SBOM it was read from. */
  readonly source?: Uint8Array;
  /** Bundle to match new components with, and its mark. */
  readonly matcher?: { readonly bundle: BundleMark; readonly match: ComponentMatcher };
}

/** An analysis as the archive takes it. */
export function prepareImage(analysis: UnjudgedAnalysis, options: PrepareOptions): NewImage {
  const recorded = recordAnalysis(analysis);
  const packages = new Map(analysis.packages.map((found) => [found.id, found]));
  const distro = distroOf(analysis.image.os);
  const interning = new Interning((found) => componentOf(found, packages, distro));
  const groups = recorded.groups.map((group) => ({
    digest: group.digest,
    content: group.content,
    layer: group.layer,
    components: [...new Set(group.packages.map((found) => interning.position(found)))],
    files: evidenceFiles(group.packages),
  }));
  const { matcher } = options;
  const findings = matcher?.match(interning.components);
  const name = analysis.image.ref ?? options.name;
  return {
    ...filedAs(analysis.image, recorded.record.digest),
    name,
    at: options.at,
    labels: options.labels,
    record: recorded.record,
    source: options.source === undefined ? undefined : { digest: digestOf(options.source), content: options.source },
    components: interning.components.map(
      (component, position): NewComponent => ({
        digest: componentDigest(component),
        component,
        names: componentNames(component),
        findings: findings?.[position],
      }),
    ),
    groups,
    deviations: deviations(recorded, interning),
    secrets: analysis.secrets.map(archivedSecret),
    bundle: matcher?.bundle,
  };
}

/** What the archive lists an image under, as its record says. */
export function filedAs(
  image: UnjudgedAnalysis['image'],
  recordDigest: string,
): Pick<NewImage, 'key' | 'manifestDigest' | 'platform' | 'os'> {
  return {
    key: imageKey(image, recordDigest),
    manifestDigest: image.manifestDigest,
    platform: platformText(image.platform),
    os: [image.os.id, image.os.versionId].filter((part) => part !== undefined).join(' '),
  };
}

/** Components of one image, each once. */
class Interning {
  readonly components: Component[] = [];
  readonly #positions = new Map<string, number>();
  readonly #ofPackage = new Map<Package, number>();
  readonly #toComponent: (found: Package) => Component;

  constructor(toComponent: (found: Package) => Component) {
    this.#toComponent = toComponent;
  }

  position(found: Package): number {
    const known = this.#ofPackage.get(found);
    if (known !== undefined) return known;
    const component = this.#toComponent(found);
    const key = JSON.stringify(component);
    const position = this.#positions.get(key) ?? this.components.push(component) - 1;
    this.#positions.set(key, position);
    this.#ofPackage.set(found, position);
    return position;
  }
}

/** Where one instance of a component in a layer deviates, all instances there are told. */
function deviations(recorded: RecordedAnalysis, interning: Interning): readonly Deviation[] {
  const instances = recorded.groups.flatMap(({ packages }) =>
    packages.map(
      (found): Deviation => ({
        component: interning.position(found),
        packageId: found.id,
        layer: found.locations[0].layer,
        state: found.state,
        removedIn: found.removedIn,
      }),
    ),
  );
  const purls = interning.components.map((component) => component.package.purl);
  const place = (instance: Deviation): string => `${instance.component} ${instance.layer}`;
  const told = new Set(
    instances
      .filter((instance) => instance.state !== 'present' || instance.packageId !== purls[instance.component])
      .map(place),
  );
  return instances.filter((instance) => told.has(place(instance)));
}

/** Files that the packages were found in, each path and digest once. */
export function evidenceFiles(
  packages: readonly Pick<Package, 'locations'>[],
): readonly { readonly digest: string; readonly path: string }[] {
  const files = new Map<string, { readonly digest: string; readonly path: string }>();
  for (const { path, digest } of packages.flatMap((found) => found.locations)) {
    if (digest !== undefined) files.set(`${digest} ${path}`, { digest, path });
  }
  return [...files.values()];
}

/** What the archive keeps of a secret: its fingerprint and place, never its value. */
export function archivedSecret(secret: Secret): ArchivedSecret {
  const place = secret.path ?? [secret.source, secret.name].filter((part) => part !== undefined).join(' ');
  return { fingerprint: secret.fingerprint, ruleId: secret.ruleId, place, layer: secret.layer, state: secret.state };
}

function platformText({ os, architecture, variant }: UnjudgedAnalysis['image']['platform']): string {
  return [os, architecture, variant].filter((part) => part !== undefined && part !== '').join('/');
}

function digestOf(content: Uint8Array): string {
  return hash('sha256', content);
}
