import { lines } from '../../bytes/lines.ts';

/** A package that another was built against: `zlib/1.2.11@user/channel:id`. */
export interface ConanReference {
  readonly name: string;
  readonly version: string;
}

const REFERENCE = /^([a-z0-9_][a-z0-9_+.-]*)\/([^@:#\s]+)(?:[@:#]|$)/;

/**
 * The exact references of a `conaninfo.txt`: the section `full_requires` of Conan 1
 * (https://docs.conan.io/1/using_packages/conanfile_txt.html). The `requires` of both generations are ranges of versions
 * (`zlib/1.Y.Z`) and name no package.
 */
export function parseConaninfo(text: string): readonly ConanReference[] {
  const found: ConanReference[] = [];
  let section = '';
  for (const raw of lines(text)) {
    const line = raw.trim();
    if (line.startsWith('[')) section = line;
    const match = section === '[full_requires]' ? REFERENCE.exec(line) : null;
    if (match?.[1] !== undefined && match[2] !== undefined) found.push({ name: match[1], version: match[2] });
  }
  return found;
}
