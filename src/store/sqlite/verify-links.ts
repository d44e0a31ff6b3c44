import { archivedSecret } from '../prepare-image.ts';
import type { ArchiveRecord } from '../record-shapes.ts';
import type { Connection } from './connection.ts';

/** What follows from an image's record beside its own columns. */
export type LinkTable = 'groups' | 'secrets' | 'states';

/** Compares what an image is linked to with its record. Statements are prepared once, for all images. */
export function linkChecks(connection: Connection): (image: number, record: ArchiveRecord) => readonly LinkTable[] {
  const { database } = connection;
  const groups = database
    .prepare<[number], string>(
      `SELECT component_group.digest || ' ' || image_group.layer FROM image_group INDEXED BY image_group_image
       JOIN component_group ON component_group.id = image_group.grp WHERE image_group.image = ?`,
    )
    .pluck();
  const secrets = database.prepare<[number], SecretRow>(
    'SELECT fingerprint, rule, place, layer, state FROM secret WHERE image = ?',
  );
  const states = database.prepare<[number], StateRow>(
    'SELECT package_id, state, removed_in FROM deviation WHERE image = ?',
  );
  return (image, record) => {
    const wrong: LinkTable[] = [];
    const linked = record.groups.map(({ digest, layer }) => `${digest} ${layer}`);
    if (!sameSet(groups.all(image), linked)) wrong.push('groups');
    if (!sameSet(secrets.all(image).map(secretText), secretsOf(record).map(secretText))) wrong.push('secrets');
    if (!statesFit(states.all(image), record.states)) wrong.push('states');
    return wrong;
  };
}

interface SecretRow {
  readonly fingerprint: string;
  readonly rule: string;
  readonly place: string;
  readonly layer: number | null;
  readonly state: string | null;
}

interface StateRow {
  readonly package_id: string;
  readonly state: string;
  readonly removed_in: number | null;
}

function sameSet(left: readonly string[], right: readonly string[]): boolean {
  const [stored, expected] = [new Set(left), new Set(right)];
  return stored.size === expected.size && [...stored].every((item) => expected.has(item));
}

/** Of secrets alike in what the table tells them apart by, the first is stored. */
function secretsOf(record: ArchiveRecord): readonly SecretRow[] {
  const rows = new Map<string, SecretRow>();
  for (const { fingerprint, ruleId, place, layer, state } of record.analysis.secrets.map(archivedSecret)) {
    const key = JSON.stringify([fingerprint, ruleId, place]);
    if (!rows.has(key)) rows.set(key, { fingerprint, rule: ruleId, place, layer: layer ?? null, state: state ?? null });
  }
  return [...rows.values()];
}

function secretText({ fingerprint, rule, place, layer, state }: SecretRow): string {
  return JSON.stringify([fingerprint, rule, place, layer, state]);
}

/** A row whose package is not told by the record is one of a package that is present. */
function statesFit(rows: readonly StateRow[], states: ArchiveRecord['states']): boolean {
  const told = new Set(rows.map((row) => row.package_id));
  return (
    Object.keys(states).every((id) => told.has(id)) &&
    rows.every((row) => {
      const right = stateOf(states, row.package_id);
      return row.state === right.state && row.removed_in === right.removedIn;
    })
  );
}

function stateOf(
  states: ArchiveRecord['states'],
  id: string,
): { readonly state: string; readonly removedIn: number | null } {
  const told = Object.hasOwn(states, id) ? states[id] : undefined;
  return { state: told?.state ?? 'present', removedIn: told?.removedIn ?? null };
}

/** Writes the links anew; false where a group or a package of the record is not in the archive any more. */
export function writeLinks(connection: Connection, image: number, record: ArchiveRecord): boolean {
  connection.run('DELETE FROM image_group WHERE image = ?', image);
  for (const { digest, layer } of record.groups)
    connection.run(
      'INSERT OR IGNORE INTO image_group SELECT id, ?, ? FROM component_group WHERE digest = ?',
      image,
      layer,
      digest,
    );
  connection.run('DELETE FROM secret WHERE image = ?', image);
  for (const { fingerprint, rule, place, layer, state } of secretsOf(record))
    connection.run('INSERT INTO secret VALUES (?, ?, ?, ?, ?, ?)', fingerprint, image, rule, place, layer, state);
  const rows = connection.all<StateRow>('SELECT package_id, state, removed_in FROM deviation WHERE image = ?', image);
  for (const { package_id: id } of rows) {
    const { state, removedIn } = stateOf(record.states, id);
    connection.run(
      'UPDATE deviation SET state = ?, removed_in = ? WHERE image = ? AND package_id = ?',
      state,
      removedIn,
      image,
      id,
    );
  }
  return linkChecks(connection)(image, record).length === 0;
}
