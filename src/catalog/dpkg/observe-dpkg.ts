import type { FileView, Observation, OwnerKey } from '../../detect/detector.ts';
import { databaseDamaged, databaseEmpty, ownedFile, packageFound } from '../../detect/observe.ts';
import { counted } from '../../model/counted.ts';
import { parseCopyright } from './parse-copyright.ts';
import { parseDiversions } from './parse-diversions.ts';
import { listedPackage, parseFileList, parseMd5sums } from './parse-file-list.ts';
import { parseStatus, type StatusRecord } from './parse-status.ts';
import { ownerOf, toPackage } from './to-package.ts';

/** The packages of a status file, the configuration files they own, and what could not be read. */
export function* observeStatus(
  file: FileView,
  { type, title }: { readonly type: 'deb' | 'opkg'; readonly title: string },
): Generator<Observation> {
  const text = file.text();
  const damaged: number[] = [];
  let isEmpty = true;
  for (const entry of parseStatus(text)) {
    isEmpty = false;
    if (entry === 'removed') continue;
    if ('damagedLine' in entry) damaged.push(entry.damagedLine);
    else yield* observeRecord(entry, type);
  }
  if (damaged.length > 0) {
    const where = damaged.slice(0, 5).join(', ');
    yield databaseDamaged(
      `${counted(damaged.length, 'stanza')} without package name or version (at line ${where}): these packages are missing`,
    );
  }
  if (file.path.endsWith('/status') && text !== '' && !text.endsWith('\n')) {
    yield databaseDamaged('the file ends inside a line: packages after it are missing');
  }
  if (isEmpty) yield databaseEmpty(title);
}

function* observeRecord(record: StatusRecord, type: 'deb' | 'opkg'): Generator<Observation> {
  yield packageFound(toPackage(record, type));
  for (const { path, md5 } of record.conffiles) {
    yield ownedFile(ownerOf(record, type), path, { algorithm: 'md5', value: md5, mayChange: true });
  }
}

/** The files of one package: from its `.list`, or with digests from its `.md5sums`; a script beside them is one itself. */
export function* observeFileList(file: FileView, type: 'deb' | 'opkg'): Generator<Observation> {
  const owner = ownerOfList(file.path, type);
  if (!/\.(?:list|md5sums)$/.test(file.path)) {
    yield ownedFile(owner, file.path);
    return;
  }
  const files = file.path.endsWith('.md5sums') ? parseMd5sums(file.text()) : parseFileList(file.text());
  for (const { path, md5 } of files) {
    yield md5 === undefined ? ownedFile(owner, path) : ownedFile(owner, path, { algorithm: 'md5', value: md5 });
  }
}

/** Where the files of packages lie that had to make room. */
export function* observeDiversions(file: FileView): Generator<Observation> {
  for (const { from, to, owner = '' } of parseDiversions(file.text()))
    yield { kind: 'fact', name: 'dpkg-diversion', value: [from, to, owner].join('\n') };
}

/** What the folder's package declares: the status file names no licence. */
export function* observeCopyright(file: FileView): Generator<Observation> {
  const name = /\/usr\/share\/doc\/([^/]+)\/copyright$/.exec(file.path)?.[1];
  for (const license of parseCopyright(file.text()))
    yield { kind: 'fact', name: `package-licence.deb/${name}`, value: license };
}

/** Below `status.d` the list lies beside the stanza of its package. */
function ownerOfList(path: string, type: 'deb' | 'opkg'): OwnerKey {
  if (path.includes('/status.d/')) return { evidence: path.replace(/\.md5sums$/, '') };
  return { identity: { type, ...listedPackage(path) } };
}
