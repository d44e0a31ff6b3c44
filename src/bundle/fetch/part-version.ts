import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

/** Beside a partial download: the strong ETag it belongs to, so that it is only continued with bytes of the same version. */
export function versionFile(part: string): string {
  return `${part}.etag`;
}

/** The ETag of a partial download; undefined where it cannot be continued. */
export function readVersion(part: string): string | undefined {
  return existsSync(versionFile(part)) ? readFileSync(versionFile(part), 'utf8') : undefined;
}

/** Remembers the ETag of a partial download, or that it has none. */
export function writeVersion(part: string, etag: string | undefined): void {
  if (etag === undefined) rmSync(versionFile(part), { force: true });
  else writeFileSync(versionFile(part), etag);
}
