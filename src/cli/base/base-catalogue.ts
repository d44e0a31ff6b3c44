import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isRecord, listField, parseJson, textField, textList } from '../../bytes/json.ts';
import { PlimsollError } from '../../errors.ts';
import { parseDigest } from '../../model/digest.ts';
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

/** The bases of a catalogue; none where the file does not exist. Throws PLM_CONFIG_INVALID. */
export function readBases(path: string): readonly KnownBase[] {
  if (!existsSync(path)) return [];
  const document = parseJson(readText(path, 'PLM_USAGE'), 8);
  if (!isRecord(document) || document['version'] !== 1)
    throw new PlimsollError('PLM_CONFIG_INVALID', 'the file is no catalogue of base images', { path });
  return listField(document, 'bases').map((value) => {
    const name = isRecord(value) ? textField(value, 'name') : undefined;
    const diffIds = isRecord(value) ? textList(value, 'diffIds') : [];
    if (name === undefined || diffIds.length === 0 || !diffIds.every((digest) => parseDigest(digest) !== undefined)) {
      throw new PlimsollError('PLM_CONFIG_INVALID', 'a base image has no name or no layers', { path });
    }
    return { name, diffIds };
  });
}

/** The catalogue as text, by name and then chain. */
export function catalogueText(bases: readonly KnownBase[]): string {
  const sorted = bases.toSorted((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
  return `${JSON.stringify({ version: 1, bases: sorted }, undefined, 2)}\n`;
}

export function keyOf({ name, diffIds }: KnownBase): string {
  return `${name} ${diffIds.join(' ')}`;
}
