import { normalizeLicenses, spdxExpression } from '../../detect/licenses.ts';
import type { PackageDraft } from '../../model/package.ts';
import type { ComposerPackage } from './parse-installed.ts';
import type { PearPackage } from './parse-registry.ts';

export function toComposerDraft(found: ComposerPackage): PackageDraft {
  const slash = found.name.indexOf('/');
  const licenses = anyOf(found.licenses);
  return {
    type: 'composer',
    ...(slash > 0 && { namespace: found.name.slice(0, slash) }),
    name: found.name.slice(slash + 1),
    version: found.version,
    ...(licenses.length > 0 && { licenses }),
    ...(found.development && { scope: 'development' as const }),
    ...(found.requires.length > 0 && { dependsOn: [...found.requires].sort() }),
    ...(found.provides.length > 0 && { provides: [...found.provides].sort() }),
    ...(found.author !== undefined && { properties: { author: found.author } }),
    ...(found.shasum && { hashes: [{ algorithm: 'sha1', value: found.shasum }] }),
  };
}

export function toPearDraft({ channel, name, version, license }: PearPackage): PackageDraft {
  const licenses = normalizeLicenses(license === undefined ? [] : [license]);
  return { type: 'pear', namespace: channel, name, version, ...(licenses.length > 0 && { licenses }) };
}

/** Composer's list means a choice (https://getcomposer.org/doc/04-schema.md#license). */
function anyOf(declared: readonly string[]): string[] {
  const expressions = declared.map(spdxExpression);
  if (declared.length > 1 && expressions.every((expression) => expression !== undefined)) {
    return [expressions.map((one) => (/\s/.test(one) && !one.startsWith('(') ? `(${one})` : one)).join(' OR ')];
  }
  return normalizeLicenses(declared);
}
