import type { Wanted } from '../detect/route.ts';
import type { LayerSource } from '../image/opened-image.ts';
import { type IndexLayerOptions, indexLayer } from '../layers/index-layer.ts';
import type { LayerConsumer } from '../layers/layer-consumer.ts';
import { ENTRY_KIND, type EntryTable, entryPath } from '../layers/layer-index.ts';
import type { Limits } from '../limits.ts';
import type { FileVisitor } from './file-visitor.ts';

/** Manifests stay below this; programs and archives tell by their content what they are, under any name. */
const MANIFEST_BYTES = 1024 * 1024;
/** Types whose manifests are databases of all that is installed, of any size. */
const DATABASE_TYPES: readonly string[] = ['apk', 'deb', 'rpm'];

/**
 * Whether a file is read again under the path of a hard link, for what the detectors that want that path would tell:
 * packages, or of which distro they are. An image made by ostree links every file to an object named by its digest.
 */
export function isReadAsLink({ now, hold }: Wanted, size: number): boolean {
  if (hold) return true;
  return now.some(({ id, packageTypes }) =>
    size <= MANIFEST_BYTES
      ? packageTypes.length > 0 || id.startsWith('distro/')
      : packageTypes.some((type) => DATABASE_TYPES.includes(type)),
  );
}

/** A hard link that names packages, and the regular file that holds its bytes. */
interface LinkedFile {
  readonly path: string;
  readonly entry: number;
  readonly mode: number;
}

/**
 * Reads what names packages under the path of a hard link: pnpm, Bun and uv link their caches into projects, and a layer
 * holds the bytes under whichever path comes first. When a link comes by, the bytes are gone: a layer with such links is
 * read once more.
 */
export async function visitLinkedFiles(
  source: LayerSource,
  entries: EntryTable,
  visitor: FileVisitor,
  options: IndexLayerOptions,
): Promise<void> {
  const wanted = linksByFile(entries, visitor, options.limits);
  if (wanted.size === 0) return;
  const consumer: LayerConsumer = {
    wants: (file) => (wanted.has(file.entry) ? 'yes' : 'no'),
    wantsHead: () => false,
    file: (file, bytes) => {
      for (const link of wanted.get(file.entry) ?? []) visitor.visitFile({ ...link, bytes });
    },
    tooLarge: (file) => {
      const detail = 'no memory was left for this file; packages that hard links to it name were not looked for';
      visitor.detections.problem(file.path, { code: 'PLM_LIMIT', detail });
    },
  };
  await indexLayer(source, { ...options, consumer });
}

/** By row of the regular file. It can have as many links as the layer has entries: together they stand for no more than a member of an archive may. */
function linksByFile(entries: EntryTable, visitor: FileVisitor, limits: Limits): Map<number, LinkedFile[]> {
  const found = new Map<number, LinkedFile[]>();
  const targets = new Set<string>();
  for (const [row, target] of entries.links) if (entries.kind[row] === ENTRY_KIND.hardLink) targets.add(target);
  if (targets.size === 0) return found;
  const files = new Map<string, number>();
  let room = limits.nestedMemberBytes;
  for (let row = 0; row < entries.count; row += 1) {
    const kind = entries.kind[row];
    if (kind !== ENTRY_KIND.file && kind !== ENTRY_KIND.hardLink) continue;
    const path = entryPath(entries, row);
    if (kind === ENTRY_KIND.file) {
      if (targets.has(path)) files.set(path, row);
      continue;
    }
    const target = entries.links.get(row) ?? '';
    const file = files.get(target);
    const size = entries.size[file ?? -1] ?? Number.POSITIVE_INFINITY;
    if (file === undefined || !isReadAsLink(visitor.wantedByPath(path, size), size)) continue;
    room -= size;
    if (room < 0) {
      const detail = `hard links of this layer stand for more than ${limits.nestedMemberBytes} bytes; packages that later ones name were not looked for`;
      visitor.detections.problem(path, { code: 'PLM_LIMIT', detail });
      break;
    }
    const links = found.get(file) ?? [];
    links.push({ path, entry: row, mode: entries.mode[row] ?? 0 });
    found.set(file, links);
  }
  return found;
}
