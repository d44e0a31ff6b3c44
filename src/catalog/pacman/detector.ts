import type { DetectContext, Detector, FileView, Observation } from '../../detect/detector.ts';
import { databaseDamaged, ownedFile, packageFound } from '../../detect/observe.ts';
import { rootOf } from '../../detect/text-folders.ts';
import { parseBlocks } from './parse-desc.ts';
import { parseMtree } from './parse-mtree.ts';
import { toPackage } from './to-package.ts';

const specification = 'https://man.archlinux.org/man/core/pacman/alpm-db-desc.5';

export const detectors: readonly Detector[] = [
  {
    id: 'pacman/desc',
    title: 'pacman local database',
    specification,
    packageTypes: ['alpm'],
    select: [{ pattern: /\/lib\/pacman\/local\/[^/]+\/desc$/ }],
    textFolders: (path, { name }) => [`${rootOf(path, /\/var\/lib\/pacman\//)}/usr/share/licenses/${name}`],
    *detect(file) {
      const found = toPackage(parseBlocks(file.text()));
      yield found === undefined ? databaseDamaged('no name or version: this package is missing') : packageFound(found);
    },
  },
  {
    id: 'pacman/files',
    title: 'pacman file lists',
    specification,
    packageTypes: [],
    select: [{ pattern: /\/lib\/pacman\/local\/[^/]+\/(?:files|mtree)$/ }],
    detect,
  },
];

/** Unpacked: a hundred thousand files take twenty. */
const MTREE_BYTES = 48 * 1024 * 1024;

/** Both lists lie beside the `desc` of their package; directories end in a slash, and configuration stands in a block of its own. */
function* detect(file: FileView, context: DetectContext): Generator<Observation> {
  const owner = { evidence: file.path.replace(/[^/]+$/, 'desc') };
  if (file.path.endsWith('/mtree')) {
    for (const { path, sha256 } of parseMtree(file.bytes(), Math.min(MTREE_BYTES, context.limits.capturedFileBytes))) {
      yield ownedFile(owner, path, { algorithm: 'sha256', value: sha256 });
    }
    return;
  }
  const blocks = parseBlocks(file.text());
  for (const path of blocks.get('FILES') ?? []) {
    if (!path.endsWith('/')) yield ownedFile(owner, `/${path}`);
  }
  for (const line of blocks.get('BACKUP') ?? []) {
    const [path = '', md5 = ''] = line.split('\t');
    yield ownedFile(owner, `/${path}`, { algorithm: 'md5', value: md5, mayChange: true });
  }
}
