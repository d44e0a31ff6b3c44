import { compareText } from '../bytes/compare-text.ts';
import { evidenceRoot } from '../detect/assemble-packages.ts';
import type { State } from '../model/evidence.ts';
import type { Secret } from '../model/secret.ts';
import type { SecretDraft } from './draft.ts';
import { isDocumentation, isInstalled } from './package-files.ts';
import { SealProver, sealedTexts } from './prove-opened.ts';
import { redact } from './redact.ts';
import { HEADER_NAME } from './stream-scanner.ts';
import { toSecret } from './to-secret.ts';

/** The drafts of one layer, or of a plain file or folder as layer 0. */
export interface LayerDrafts {
  readonly layer: number;
  readonly drafts: readonly SecretDraft[];
}

export interface JoinContext {
  /** What became of the file instance at this path of this layer; undefined where the path is unknown. */
  readonly state: (layer: number, path: string) => FileState | undefined;
  /** Id of the package whose file list holds the file with exactly this content. */
  readonly unmodifiedOwner: (layer: number, path: string) => string | undefined;
}

export interface FileState {
  readonly state: State;
  readonly removedIn?: number;
  /** Another path that shows the bytes, where the one they were found under no longer does. */
  readonly path?: string;
}

/**
 * Puts the layers' drafts together: state of every file instance, proof across files and layers (a private key whose
 * certificate, host key or `authorized_keys` line lies elsewhere in the image; a key that opens sealed credentials; an
 * id with its secret in one file),
 * suppression of what an untouched package brought. Sorted by path, layer, line; nothing is dropped but witnesses.
 */
export function joinSecrets(layers: readonly LayerDrafts[], context: JoinContext): Secret[] {
  const prover = new SealProver(sealedTexts(layers.flatMap(({ drafts }) => drafts)));
  const located = layers.flatMap(({ layer, drafts }) => drafts.map((draft) => ({ layer, draft: prover.prove(draft) })));
  const witnesses = witnessPaths(located);
  const pairs = pairHalves(located);
  const members = memberFindings(located);
  const secrets = located
    .filter(({ draft }) => draft.witness !== true)
    .map((item) =>
      settleOne(item, {
        context,
        proof: keyProof(item.draft, witnesses) ?? pairProof(item, pairs),
        repeated: members.has(findingKey(item)),
      }),
    );
  return secrets.sort(bySecret);
}

interface Located {
  readonly layer: number;
  readonly draft: SecretDraft;
}

function settleOne(
  { layer, draft }: Located,
  given: { readonly context: JoinContext; readonly proof: string | undefined; readonly repeated: boolean },
): Secret {
  const outer = evidenceRoot(draft.path);
  const { path: root = outer, ...fate } = given.context.state(layer, outer) ?? {};
  const secret = toSecret(draft, { source: 'file', path: shownPath(draft, root), layer, ...fate });
  const raised: Secret =
    given.proof === undefined
      ? secret
      : {
          ...secret,
          verdict: 'proven',
          proof: [secret.proof, given.proof].filter((part) => part !== undefined).join(', '),
        };
  if (raised.suppressed !== undefined) return raised;
  if (given.repeated) return { ...raised, suppressed: { reason: 'duplicate' } };
  const owner = given.context.unmodifiedOwner(layer, outer);
  if (owner !== undefined) return { ...raised, suppressed: { reason: 'package-owned', rule: owner } };
  if (raised.verdict === 'generic' && isInstalled(draft.path))
    return { ...raised, suppressed: { reason: 'package-code' } };
  return isDocumentation(draft.path) ? { ...raised, suppressed: { reason: 'package-documentation' } } : raised;
}

/**
 * Findings of archives' members, by each archive around them: where members are stored as they are, their bytes are seen
 * in the archive as well.
 */
function memberFindings(located: readonly Located[]): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { layer, draft } of located) {
    if (draft.witness === true || draft.suppressed !== undefined) continue;
    for (let at = draft.path.lastIndexOf('!/'); at >= 0; at = draft.path.lastIndexOf('!/', at - 1)) {
      keys.add(findingKey({ layer, draft: { ...draft, path: draft.path.slice(0, at) } }));
      if (at === 0) break;
    }
  }
  return keys;
}

function findingKey({ layer, draft }: Located): string {
  return `${layer}\0${draft.path}\0${draft.fingerprint}`;
}

/** A path that holds the secret itself is shown without it; members of an archive below the path that shows it. */
function shownPath(draft: SecretDraft, root: string): string {
  return draft.name === HEADER_NAME ? redact(draft.path) : root + draft.path.slice(evidenceRoot(draft.path).length);
}

/** Where the public half of a key was seen, by digest: the first path in order. */
function witnessPaths(located: readonly Located[]): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const { draft } of located) {
    if (draft.witness !== true) continue;
    for (const join of draft.join ?? []) {
      if (join.kind !== 'public-key') continue;
      const known = paths.get(join.digest);
      if (known === undefined || draft.path < known) paths.set(join.digest, draft.path);
    }
  }
  return paths;
}

function keyProof(draft: SecretDraft, witnesses: ReadonlyMap<string, string>): string | undefined {
  for (const join of draft.join ?? []) {
    const path = join.kind === 'public-key' ? witnesses.get(join.digest) : undefined;
    if (path !== undefined) return `pairs with ${path}`;
  }
  return undefined;
}

/** Which halves of each pair one file instance holds. */
function pairHalves(located: readonly Located[]): ReadonlyMap<string, ReadonlySet<string>> {
  const halves = new Map<string, Set<string>>();
  for (const item of located) {
    if (item.draft.suppressed !== undefined) continue;
    for (const { key, half } of pairKeys(item)) {
      const known = halves.get(key);
      if (known === undefined) halves.set(key, new Set([half]));
      else known.add(half);
    }
  }
  return halves;
}

function pairProof(item: Located, pairs: ReadonlyMap<string, ReadonlySet<string>>): string | undefined {
  if (item.draft.suppressed !== undefined) return undefined;
  for (const { key, half } of pairKeys(item)) {
    if ((pairs.get(key)?.size ?? 0) === 2)
      return half === 'id' ? 'with its secret in the same file' : 'with its id in the same file';
  }
  return undefined;
}

function pairKeys({ layer, draft }: Located): { key: string; half: string }[] {
  return (draft.join ?? []).flatMap((join) =>
    join.kind === 'pair' ? [{ key: `${layer}\0${draft.path}\0${join.name}`, half: join.half }] : [],
  );
}

function bySecret(left: Secret, right: Secret): number {
  return (
    compareText(left.path ?? '', right.path ?? '') ||
    (left.layer ?? 0) - (right.layer ?? 0) ||
    (left.line ?? 0) - (right.line ?? 0) ||
    (left.column ?? 0) - (right.column ?? 0) ||
    compareText(left.ruleId, right.ruleId) ||
    compareText(left.fingerprint, right.fingerprint)
  );
}
