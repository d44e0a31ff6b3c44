import type { FileView, Observation } from '../../detect/detector.ts';
import { databaseDamaged, databaseEmpty, ownedFile, packageFound } from '../../detect/observe.ts';
import { counted } from '../../model/counted.ts';
import { parseInstalled } from './parse-installed.ts';
import { ownerOf, toDigest, toPackage } from './to-package.ts';

/** Paths spelled out over the text they are stored in: real databases stay below 2. */
const PATH_EXPANSION = 16;

/** The packages of an installed database, the files they own, and what could not be read. */
export function* observeInstalled(file: FileView, title: string): Generator<Observation> {
  const text = file.text();
  const damaged: number[] = [];
  let isEmpty = true;
  let pathRoom = text.length * PATH_EXPANSION;
  for (const entry of parseInstalled(text)) {
    isEmpty = false;
    if ('damagedLine' in entry) {
      damaged.push(entry.damagedLine);
      continue;
    }
    yield packageFound(toPackage(entry));
    const owner = ownerOf(entry);
    for (const { path, checksum } of entry.files) {
      pathRoom -= path.length;
      if (pathRoom >= 0) yield ownedFile(owner, path, toDigest(checksum));
    }
  }
  if (damaged.length > 0) {
    const where = damaged.slice(0, 5).join(', ');
    yield databaseDamaged(
      `${counted(damaged.length, 'record')} without package name or version (at line ${where}): these packages are missing`,
    );
  }
  if (text !== '' && !text.endsWith('\n'))
    yield databaseDamaged('the file ends inside a line: packages after it are missing');
  if (pathRoom < 0)
    yield databaseDamaged('the paths of files grow out of proportion: owners of the later ones are not known');
  if (isEmpty) yield databaseEmpty(title);
}
