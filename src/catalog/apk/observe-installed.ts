import type { FileView, Observation } from '../../detect/detector.ts';
import { databaseDamaged, databaseEmpty, ownedFile, packageFound } from '../../detect/observe.ts';
import { parseInstalled } from './parse-installed.ts';
import { ownerOf, toDigest, toPackage } from './to-package.ts';

/** The packages of an installed database, the files they own, and what could not be read. */
export function* observeInstalled(file: FileView, title: string): Generator<Observation> {
  const { records, damaged, cutShort } = parseInstalled(file.text());
  for (const record of records) {
    yield packageFound(toPackage(record));
    const owner = ownerOf(record);
    for (const { path, checksum } of record.files) yield ownedFile(owner, path, toDigest(checksum));
  }
  if (damaged.length > 0) {
    const where = damaged.slice(0, 5).join(', ');
    yield databaseDamaged(
      `${damaged.length} records without package name or version (lines ${where}): these packages are missing`,
    );
  }
  if (cutShort) yield databaseDamaged('the file ends inside a line: packages after it are missing');
  if (records.length === 0 && damaged.length === 0) yield databaseEmpty(title);
}
