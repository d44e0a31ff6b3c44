import type { VerifyProgress } from '../archive-store.ts';
import type { Connection } from './connection.ts';

/** Hands rows on and counts them. */
export type Walk = <Row>(step: VerifyProgress['step'], rows: Iterable<Row>) => Iterable<Row>;

/** Rows between two reports: few enough to be seen moving, many enough to cost nothing. */
const REPORTED = 256;

/** How often each table is walked. */
const WALKS = { blob: 1, component: 2, flaw: 2, event: 2, image: 1, component_group: 1 } as const;

/** A walk that tells how far a verification is, in rows of all its walks. */
export function countedWalk(connection: Connection, onProgress: (progress: VerifyProgress) => void): Walk {
  const total = Object.entries(WALKS).reduce(
    (sum, [table, walks]) => sum + walks * (connection.number(`SELECT count(*) FROM ${table}`) ?? 0),
    0,
  );
  let done = 0;
  onProgress({ step: 'pages', done, total });
  return function* walk(step, rows) {
    for (const row of rows) {
      if (done % REPORTED === 0) onProgress({ step, done: Math.min(done, total), total });
      done += 1;
      yield row;
    }
  };
}
