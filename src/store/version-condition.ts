import { PlimsollError } from '../errors.ts';
import { languageSegment } from '../match/candidates.ts';
import { schemeOfEcosystem } from '../versions/ecosystem.ts';
import type { VersionScheme } from '../versions/scheme.ts';

/** A comparison of versions, judged by the scheme of each package found. */
export interface VersionCondition {
  /** True also where the scheme cannot compare: a doubtful hit is shown rather than hidden. */
  holds(purl: string, version: string): boolean;
}

/** An ecosystem of each distro package type: all its members order versions alike. */
const DISTRO_ECOSYSTEMS: Readonly<Record<string, string>> = {
  deb: 'Debian',
  apk: 'Alpine',
  rpm: 'AlmaLinux',
  alpm: 'Arch Linux',
};

/** `log4j-core < 2.17.1`, `openssl`, `lodash = 4.17.20`. Throws PLM_USAGE. */
export function parseVersionCondition(text: string): { readonly name: string; readonly condition?: VersionCondition } {
  const found = /^(\S+?)\s*(?:(<=|>=|<|>|=)\s*(\S+))?$/.exec(text);
  const [, name, operator, wanted] = found ?? [];
  if (name === undefined)
    throw new PlimsollError('PLM_USAGE', `"${text}" is no package condition`, { hint: 'write NAME or NAME < VERSION' });
  if (operator === undefined || wanted === undefined) return { name };
  return {
    name,
    condition: {
      holds(purl, version) {
        const order = schemeOf(purl).compare(version, wanted);
        if (order === undefined) return true;
        if (operator === '=') return order === 0;
        if (order === 0) return operator.endsWith('=');
        return operator.startsWith('<') ? order < 0 : order > 0;
      },
    },
  };
}

function schemeOf(purl: string): VersionScheme {
  const type = purl.slice('pkg:'.length, purl.indexOf('/'));
  const distro = Object.hasOwn(DISTRO_ECOSYSTEMS, type) ? DISTRO_ECOSYSTEMS[type] : undefined;
  return schemeOfEcosystem(distro ?? languageSegment(type) ?? '');
}
