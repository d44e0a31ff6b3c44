import { BoundsError, Cursor } from '../../bytes/cursor.ts';
import { findSection, readExecutable, sectionBytes } from '../../bytes/executable/executable.ts';
import { isRecord, type JsonRecord, parseJson } from '../../bytes/json.ts';

const NOTE_TYPE = 0xcafe1a7e;
const OWNER = 'FDO';

/**
 * The JSON in section `.note.package` of an ELF file (https://systemd.io/ELF_PACKAGE_METADATA/): length of the owner's
 * name, length of the description, type; then name and description, each padded to four bytes. Undefined where there is
 * no such section, `damaged` where it is not what it says.
 */
export function parsePackageNote(bytes: Uint8Array): JsonRecord | 'damaged' | undefined {
  const executable = readExecutable(bytes);
  const section = executable?.format === 'elf' ? findSection(executable, '.note.package') : undefined;
  if (executable === undefined || section === undefined) return undefined;
  try {
    const cursor = new Cursor(sectionBytes(bytes, section), executable.endianness);
    while (cursor.remaining >= 12) {
      const nameSize = cursor.u32();
      const size = cursor.u32();
      const type = cursor.u32();
      const name = Buffer.from(cursor.bytes(nameSize)).toString('latin1').replace(/\0.*$/s, '');
      cursor.skip(padding(cursor.position));
      const text = Buffer.from(cursor.bytes(size)).toString('utf8').replace(/\0+$/, '');
      if (type === NOTE_TYPE && name === OWNER) {
        const note = parseJson(text, 4);
        return isRecord(note) ? note : 'damaged';
      }
      cursor.skip(Math.min(padding(cursor.position), cursor.remaining));
    }
  } catch (error) {
    if (!(error instanceof BoundsError)) throw error;
  }
  return 'damaged';
}

function padding(position: number): number {
  return (4 - (position % 4)) % 4;
}
