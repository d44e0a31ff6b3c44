import type { AdvisoryBundle } from '../src/bundle/advisory-bundle.ts';
import type { NewComponent, NewImage } from '../src/store/archive-store.ts';
import { type Component, componentDigest } from '../src/store/component.ts';
import { componentNames } from '../src/store/component-names.ts';
import { bundleMark } from '../src/store/match-components.ts';
import type { Flaw } from '../test/store/archive-content.ts';

/** Package names that the images draw from. */
export const NAMES = 60_000;
const BASES = 400;

/** Numbers that look random and are the same in every run (xorshift32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

interface Group {
  readonly digest: string;
  readonly components: readonly NewComponent[];
}

/**
 * Images of realistic shape: some 490 packages each, one base image of 150 to 300, two sets of application packages that
 * others have too, and one of its own for every third. Equal for equal arguments, in the order in which they are asked for.
 */
export class SyntheticImages {
  readonly #random = randomNumbers(7);
  readonly #bundle: AdvisoryBundle;
  readonly #bases: readonly Group[];
  readonly #shared: readonly Group[];
  #groups = 0;

  constructor(images: number, bundle: AdvisoryBundle) {
    this.#bundle = bundle;
    this.#bases = Array.from({ length: BASES }, () => this.#group(150 + this.#pick(150), debComponent));
    this.#shared = Array.from({ length: Math.max(20, images / 50) }, () =>
      this.#group(60 + this.#pick(200), npmComponent),
    );
  }

  image(number: number): NewImage {
    const own = number % 3 === 0 ? [this.#group(20 + this.#pick(200), npmComponent)] : [];
    const groups = [this.#one(this.#bases), this.#one(this.#shared), this.#one(this.#shared), ...own];
    let start = 0;
    const placed = groups.map((entry, layer) => {
      const components = entry.components.map((_, index) => start + index);
      start += entry.components.length;
      return { digest: entry.digest, content: new Uint8Array([1]), layer, components, files: [] };
    });
    const digest = (number + 0x1000_0000).toString(16).padStart(64, '0');
    return {
      key: `sha256:${digest}`,
      name: `registry.local/team-${number % 50}/app-${number % 4000}:${number}`,
      manifestDigest: `sha256:${digest}`,
      platform: 'linux/amd64',
      os: 'debian 12',
      at: '2026-01-01T00:00:00Z',
      labels: { team: `team-${number % 50}` },
      record: { digest, content: new TextEncoder().encode(`{"number":${number}}`) },
      source: undefined,
      components: groups.flatMap((entry) => entry.components),
      groups: placed,
      deviations: [],
      secrets: [],
      bundle: bundleMark(this.#bundle),
    };
  }

  #group(size: number, component: (pick: (count: number) => number) => Component): Group {
    this.#groups += 1;
    const pick = (count: number): number => this.#pick(count);
    const components = Array.from({ length: size }, () => toNew(component(pick)));
    return { digest: this.#groups.toString(16).padStart(64, '0'), components };
  }

  #one(groups: readonly Group[]): Group {
    const group = groups[this.#pick(groups.length)];
    if (group === undefined) throw new Error('there is no group to take');
    return group;
  }

  #pick(count: number): number {
    return popular(this.#random, count);
  }
}

/** Popular names are met far more often than others, as in real dependency trees. */
function popular(random: () => number, count: number): number {
  return Math.floor(random() ** 2 * count);
}

function npmComponent(pick: (count: number) => number): Component {
  const name = `pkg-${pick(NAMES)}`;
  const version = `${pick(6)}.${pick(20)}.${pick(12)}`;
  return { package: { type: 'npm', name, version, purl: `pkg:npm/${name}@${version}` } };
}

function debComponent(pick: (count: number) => number): Component {
  const name = `lib-${pick(3000)}`;
  const version = `${pick(9)}.${pick(9)}-${pick(4) + 1}`;
  const distro = { id: 'debian', versionId: '12', idLike: [], prettyName: 'Debian 12' };
  return {
    package: { type: 'deb', namespace: 'debian', name, version, purl: `pkg:deb/debian/${name}@${version}` },
    distro,
  };
}

function toNew(component: Component): NewComponent {
  return { digest: componentDigest(component), component, names: componentNames(component), findings: [] };
}

/** One flaw for each of `count` names, taken evenly from all of them. */
export function syntheticFlaws(count: number, prefix: string, seed: number): readonly Flaw[] {
  const random = randomNumbers(seed);
  const pick = (limit: number): number => popular(random, limit);
  const names = new Set<number>();
  while (names.size < count) names.add(Math.floor(random() * NAMES));
  return [...names].map((name) => ({
    id: `${prefix}-${name}`,
    ecosystem: 'npm',
    name: `pkg-${name}`,
    introduced: `${pick(6)}.0.0`,
    fixed: `${pick(6)}.${pick(20)}.0`,
    severity: 'HIGH',
  }));
}

/** What the archive's images were matched with before the first re-match. */
export const KNOWN_FLAWS = syntheticFlaws(20_000, 'OLD', 11);
