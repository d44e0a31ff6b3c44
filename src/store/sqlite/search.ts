import { compareText } from '../../bytes/compare-text.ts';
import type { State } from '../../model/evidence.ts';
import type { ArchiveQuery, SearchHit } from '../archive-store.ts';
import { type Connection, present } from './connection.ts';
import { componentsWithFindings, readComponents, usages } from './find-components.ts';

/** Every place that answers, sorted by image and what was found. */
export function searchArchive(connection: Connection, query: ArchiveQuery): readonly SearchHit[] {
  return find(connection, query).toSorted(
    (left, right) =>
      compareText(left.image, right.image) ||
      compareText(left.packageId ?? left.what, right.packageId ?? right.what) ||
      compareText(left.path ?? '', right.path ?? ''),
  );
}

function find(connection: Connection, query: ArchiveQuery): readonly SearchHit[] {
  switch (query.kind) {
    case 'package':
      return componentHits(
        connection,
        connection
          .all<{ component: number }>('SELECT component FROM package_name WHERE name = ?', query.name)
          .map(({ component }) => component),
        query.type,
      );
    case 'vulnerability':
      return componentHits(connection, componentsWithFindings(connection, [query.id]), undefined);
    case 'digest':
      return [...imageHits(connection, query.digest), ...fileHits(connection, query.digest)];
    case 'secret':
      return connection
        .all<{ image: string; rule: string; place: string; layer: number | null; state: State | null }>(
          'SELECT image.key AS image, secret.rule, secret.place, secret.layer, secret.state FROM secret JOIN image ON image.id = secret.image WHERE fingerprint = ?',
          query.fingerprint,
        )
        .map((row) => ({
          image: row.image,
          what: row.rule,
          path: row.place,
          ...present('layer', row.layer),
          ...present('state', row.state),
        }));
  }
}

function imageHits(connection: Connection, digest: string): readonly SearchHit[] {
  return connection
    .all<{ image: string }>('SELECT key AS image FROM image WHERE key = ? OR manifest = ?', digest, digest)
    .map(({ image }) => ({ image, what: digest }));
}

function fileHits(connection: Connection, digest: string): readonly SearchHit[] {
  return connection
    .all<{ image: string; layer: number; path: string }>(
      `SELECT DISTINCT image.key AS image, image_group.layer, group_file.path FROM group_file
         JOIN image_group ON image_group.grp = group_file.grp JOIN image ON image.id = image_group.image WHERE group_file.digest = ?`,
      digest,
    )
    .map((row) => ({ ...row, what: digest }));
}

function componentHits(connection: Connection, ids: readonly number[], type: string | undefined): readonly SearchHit[] {
  const components = new Map(readComponents(connection, ids).map(({ id, component }) => [id, component.package]));
  return usages(connection, ids, {}).flatMap((usage) => {
    const found = components.get(usage.component);
    if (found === undefined || (type !== undefined && found.type !== type)) return [];
    return [
      {
        image: usage.image,
        what: usage.purl,
        version: found.version,
        packageId: usage.packageId,
        layer: usage.layer,
        state: usage.state,
      },
    ];
  });
}
