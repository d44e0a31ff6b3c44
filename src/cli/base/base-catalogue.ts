import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Arguments } from 'yargs';
import { isRecord, listField, parseJson, textField, textList } from '../../bytes/json.ts';
import { PlimsollError } from '../../errors.ts';
import { parseDigest } from '../../model/digest.ts';
import { baseChain } from '../../pipeline/base-layers.ts';
import { stringOf } from '../arguments.ts';
import { readText } from '../read-text.ts';

/** A known base image: images whose layers begin with its chain were built on it. */
export interface KnownBase {
  readonly name: string;
  readonly diffIds: readonly string[];
}

/** Where the catalogue lies when `--bases` does not say: `$XDG_DATA_HOME/plimsoll/bases.json`. */
export function defaultCatalogue(): string {
  const base = process.env['XDG_DATA_HOME'];
  return join(base === undefined || base === '' ? join(homedir(), '.local', 'share') : base, 'plimsoll', 'bases.json');
}

/** The catalogue that `--bases` names, which must be there, else the default one. Throws PLM_CONFIG_INVALID. */
export function basesOf(args: Arguments): readonly KnownBase[] {
  const named = stringOf(args, 'bases');
  if (named !== undefined && !existsSync(named)) {
    throw new PlimsollError('PLM_CONFIG_INVALID', 'there is no such catalogue of base images', {
      path: named,
      hint: 'plimsoll base add IMAGE --bases FILE makes one',
    });
  }
  return readBases(named ?? defaultCatalogue());
}

/** The bases of a catalogue; none where the file does not exist. Throws PLM_CONFIG_INVALID. */
export function readBases(path: string): readonly KnownBase[] {
  if (!existsSync(path)) return [];
  const document = parseJson(readText(path, 'PLM_CONFIG_INVALID'), 8);
  if (!isRecord(document) || document['version'] !== 1)
    throw new PlimsollError('PLM_CONFIG_INVALID', 'the file is no catalogue of base images', {
      path,
      hint: 'plimsoll base add IMAGE --bases FILE makes one',
    });
  return listField(document, 'bases').map((value) => {
    const name = isRecord(value) ? textField(value, 'name') : undefined;
    const diffIds = isRecord(value) ? textList(value, 'diffIds') : [];
    if (name === undefined || diffIds.length === 0 || !diffIds.every((digest) => parseDigest(digest) !== undefined)) {
      throw new PlimsollError('PLM_CONFIG_INVALID', 'a base image has no name or no layers', {
        path,
        hint: 'plimsoll base add IMAGE --bases FILE makes a catalogue',
      });
    }
    return { name, diffIds };
  });
}

/** The name of the known base that an image with these layers was built on: of the longest chain, as its findings are told. */
export function baseNameOf(
  layers: readonly { readonly diffId: string }[],
  bases: readonly KnownBase[],
): string | undefined {
  const chain = baseChain(
    layers,
    bases.map(({ diffIds }) => diffIds),
  );
  return bases.find(({ diffIds }) => diffIds === chain)?.name;
}

/** The catalogue as text, by name and then chain. */
export function catalogueText(bases: readonly KnownBase[]): string {
  const sorted = bases.toSorted((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
  return `${JSON.stringify({ version: 1, bases: sorted }, undefined, 2)}\n`;
}

export function keyOf({ name, diffIds }: KnownBase): string {
  return `${name} ${diffIds.join(' ')}`;
}
