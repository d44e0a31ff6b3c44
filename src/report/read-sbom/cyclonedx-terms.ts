import type { SbomComponent, SbomRole } from './sbom-document.ts';

/** The role of a component type; files, data, devices and services are no packages. */
export function componentRole(type: string | undefined): SbomRole {
  if (type === 'operating-system') return 'os';
  const packages = ['library', 'application', 'framework', 'firmware', 'platform', 'device-driver'];
  return type !== undefined && packages.includes(type) ? 'package' : 'other';
}

export function componentScope(scope: string | undefined): SbomComponent['scope'] {
  if (scope === 'required') return 'runtime';
  if (scope === 'excluded') return 'development';
  return scope === 'optional' ? 'optional' : undefined;
}
