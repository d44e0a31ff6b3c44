import { normalizeLicenses } from '../../detect/licenses.ts';
import type { PackageDraft } from '../../model/package.ts';
import type { Gemspec } from './parse-gemspec.ts';

export function toPackage(gem: Gemspec, isDefault: boolean): PackageDraft {
  const licenses = normalizeLicenses(gem.licenses);
  const properties = { ...(gem.author !== undefined && { author: gem.author }), ...(isDefault && { default: 'true' }) };
  return {
    type: 'gem',
    name: gem.name,
    version: withoutPlatform(gem.version, gem.platform),
    ...(gem.platform !== 'ruby' && { qualifiers: { platform: gem.platform } }),
    ...(licenses.length > 0 && { licenses }),
    ...(gem.dependencies.length > 0 && { dependsOn: gem.dependencies }),
    ...(Object.keys(properties).length > 0 && { properties }),
  };
}

/** Some stubs write `1.2.3-x86_64-linux`; the platform is no part of the version that advisories name. */
function withoutPlatform(version: string, platform: string): string {
  return version.endsWith(`-${platform}`) ? version.slice(0, -platform.length - 1) : version;
}
