import type { JsonRecord } from '../bytes/json.ts';
import type { ImageConfig } from '../model/image.ts';
import type { ProblemDraft } from '../model/problem.ts';
import type { Secret } from '../model/secret.ts';
import { builtInScan } from './built-in-scan.ts';
import { documentTexts } from './document-texts.ts';
import type { SecretDraft } from './draft.ts';
import { FileGaps } from './file-gaps.ts';
import { type SealedFile, SealProver } from './prove-opened.ts';
import { redact } from './redact.ts';
import { scanWhole } from './scan-bytes.ts';
import { settle } from './settle.ts';
import { toSecret } from './to-secret.ts';

/** What an image carries beside its layers. */
export interface BesideLayers {
  readonly config: ImageConfig;
  /** Of the manifest. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** What the builder stated about the image. */
  readonly statements?: readonly JsonRecord[];
}

/** One string of it, un-escaped, with the part of the report it belongs to. */
interface ConfigText {
  readonly source: Secret['source'];
  readonly name?: string;
  readonly text: string;
}

/** What was found in a configuration, and what of it could not be looked at. */
export interface ConfigSecrets {
  readonly secrets: readonly Secret[];
  readonly problems: readonly ProblemDraft[];
}

/**
 * Secrets in what an image carries beside its layers: ENV, labels, commands, health check, ONBUILD, volumes, history,
 * author, the manifest's annotations, and the statements of the builder, which hold build arguments and, where they are
 * complete, the Dockerfile. Every string is looked at by itself, as the JSON says it, not as it is escaped. A value that ENV
 * holds and history or a statement repeats is listed again as `duplicate`, once for all statements. A key that opens one of
 * the sealed files, of any layer, is proven.
 */
export function scanConfig(beside: BesideLayers, sealed: readonly SealedFile[] = []): ConfigSecrets {
  const secrets: Secret[] = [];
  const problems: ProblemDraft[] = [];
  const seen = new Set<string>();
  const stated = new Set<string>();
  const prover = new SealProver(sealed);
  for (const item of configTexts(beside)) {
    const { drafts, gaps } = scanText(item.text);
    for (const found of drafts) {
      const draft = prover.prove(found);
      if (draft.witness === true) continue;
      if (item.source === 'attestation') {
        if (stated.has(draft.fingerprint)) continue;
        stated.add(draft.fingerprint);
      }
      const secret = toSecret(draft, { source: item.source, ...nameOf(item, draft) });
      const repeats = item.source === 'history' || item.source === 'attestation';
      const repeated = repeats && seen.has(draft.fingerprint) && secret.suppressed === undefined;
      secrets.push(repeated ? { ...secret, suppressed: { reason: 'duplicate' } } : secret);
      seen.add(draft.fingerprint);
    }
    for (const { code, detail } of gaps.problems()) problems.push({ code, detail: `${placeOf(item)}: ${detail}` });
  }
  return { secrets, problems };
}

function placeOf({ source, name }: ConfigText): string {
  return name === undefined ? `image ${source}` : `image ${source} ${redact(name)}`;
}

function nameOf(item: ConfigText, draft: SecretDraft): { name?: string } {
  const name =
    item.source === 'history' ? [item.name, draft.name].filter((part) => part !== undefined).join(' ') : item.name;
  return name === undefined || name === '' ? {} : { name };
}

function* configTexts({ config, annotations = {}, statements = [] }: BesideLayers): Generator<ConfigText> {
  for (const { name, value } of config.env) yield { source: 'env', name, text: `${name}=${value}` };
  for (const [name, value] of sorted(config.labels)) yield { source: 'label', name, text: `${name}=${value}` };
  yield { source: 'cmd', text: config.cmd.join(' ') };
  yield { source: 'entrypoint', text: config.entrypoint.join(' ') };
  yield { source: 'config', name: 'Shell', text: config.shell.join(' ') };
  yield { source: 'healthcheck', text: (config.healthcheck ?? []).join(' ') };
  for (const text of config.onBuild) yield { source: 'onbuild', text };
  for (const text of config.volumes) yield { source: 'config', name: 'Volumes', text };
  for (const [name, text] of Object.entries({
    Author: config.author,
    User: config.user,
    WorkingDir: config.workingDir,
  })) {
    if (text !== undefined) yield { source: 'config', name, text };
  }
  for (const [index, entry] of config.history.entries()) {
    for (const text of [entry.createdBy, entry.comment, entry.author]) {
      if (text !== undefined) yield { source: 'history', name: String(index), text };
    }
  }
  for (const [name, value] of sorted(annotations)) yield { source: 'annotation', name, text: `${name}=${value}` };
  for (const statement of statements)
    for (const { name, text } of documentTexts(statement))
      yield { source: 'attestation', name, text: `${name}=${text}` };
}

function sorted(map: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(map).sort(([left], [right]) => (left < right ? -1 : 1));
}

function scanText(text: string): { drafts: readonly SecretDraft[]; gaps: FileGaps } {
  const gaps = new FileGaps();
  if (text.length < SHORTEST_TEXT) return { drafts: [], gaps };
  const sightings = scanWhole(builtInScan(), CONFIG_PATH, Buffer.from(text, 'utf8'), { gaps, depth: 0 });
  return { drafts: settle(-1, CONFIG_PATH, sightings), gaps };
}

/** No secret is shorter with its name. */
const SHORTEST_TEXT = 6;

/** What rules see as the path of a configuration string: the syntax of an env file. */
const CONFIG_PATH = '/.env';
