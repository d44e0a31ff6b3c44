import { Enums, Models } from '@cyclonedx/cyclonedx-library';
import type { Analysis } from '../../model/analysis.ts';
import type { Package } from '../../model/package.ts';
import { hasOs, imageName } from '../describe.ts';
import { type Fact, fact, identityFacts, isPlain, packageFacts } from '../sbom/facts.ts';
import { imageFacts } from '../sbom/image-facts.ts';
import { imagePurl } from '../sbom/image-purl.ts';
import { isLicenceExpression, joinExpressions } from '../sbom/licence-expression.ts';
import { isSpdxId } from '../sbom/spdx-id.ts';
import { supplierName } from '../sbom/supplier.ts';
import { IMAGE_REF, OS_REF } from './refs.ts';

export function packageComponent(item: Package): Models.Component {
  const application = ['binary', 'generic'].includes(item.type);
  const model = new Models.Component(
    application ? Enums.ComponentType.Application : Enums.ComponentType.Library,
    item.name,
    {
      bomRef: item.id,
      version: item.version,
      purl: item.purl,
    },
  );
  if (item.namespace !== undefined) model.group = item.namespace;
  const supplier = supplierName(item);
  if (supplier !== undefined) model.supplier = new Models.OrganizationalEntity({ name: supplier });
  const scope = componentScope(item);
  if (scope !== undefined) model.scope = scope;
  addHashes(model, item.hashes ?? []);
  addLicences(model, item.licenses);
  addProperties(model, [
    ...packageFacts(item),
    ...identityFacts(item, false),
    ...licenceFacts(item.licenses),
    ...hashFacts(item),
  ]);
  return model;
}

/** The operating system the image says it is; undefined for images without one. */
export function osComponent(analysis: Analysis): Models.Component | undefined {
  const { os } = analysis.image;
  if (!hasOs(analysis.image)) return undefined;
  const model = new Models.Component(Enums.ComponentType.OperatingSystem, os.id, {
    bomRef: OS_REF,
    description: os.prettyName,
  });
  if (os.versionId !== undefined) model.version = os.versionId;
  return model;
}

export function imageComponent(analysis: Analysis): Models.Component {
  const { image } = analysis;
  const model = new Models.Component(Enums.ComponentType.Container, imageName(image), { bomRef: IMAGE_REF });
  const digest = image.manifestDigest ?? image.configDigest;
  if (digest !== '') model.version = digest;
  const purl = imagePurl(image);
  if (purl !== undefined) model.purl = purl;
  if (image.manifestDigest?.startsWith('sha256:') === true)
    addHashes(model, [{ algorithm: 'SHA-256', value: image.manifestDigest.slice(7) }]);
  addProperties(model, imageFacts(analysis));
  return model;
}

function componentScope(item: Package): Enums.ComponentScope | undefined {
  if (item.scope === undefined) return undefined;
  return {
    runtime: Enums.ComponentScope.Required,
    optional: Enums.ComponentScope.Optional,
    development: Enums.ComponentScope.Excluded,
  }[item.scope];
}

function addProperties(model: { readonly properties: Models.PropertyRepository }, facts: readonly Fact[]): void {
  for (const [name, value] of facts) model.properties.add(new Models.Property(name, value));
}

/** Algorithm names as CycloneDX spells them: `sha256` and `SHA256` are `SHA-256`. */
function hashAlgorithm(name: string): Enums.HashAlgorithm | undefined {
  const wanted = name.toUpperCase().replace(/^SHA-?(\d)/, 'SHA-$1');
  return Object.values(Enums.HashAlgorithm).find((algorithm) => algorithm.toUpperCase() === wanted);
}

function addHashes(
  model: Models.Component,
  hashes: readonly { readonly algorithm: string; readonly value: string }[],
): void {
  for (const { algorithm, value } of hashes) {
    const known = hashAlgorithm(algorithm);
    if (known !== undefined) model.hashes.set(known, value);
  }
}

/** Hashes that the format has no name for, or spells otherwise. */
function hashFacts(item: Package): readonly Fact[] {
  return (item.hashes ?? [])
    .filter(({ algorithm }) => hashAlgorithm(algorithm) !== algorithm)
    .map(({ algorithm, value }) => fact('hash', `${algorithm}:${value}`));
}

/** Licences as the format takes them: a list of ids and names, or one expression. */
function addLicences(model: Models.Component, licences: readonly string[]): void {
  if (licences.length > 0 && !licences.every(isSpdxId) && licences.every(isLicenceExpression)) {
    model.licenses.add(new Models.LicenseExpression(joinExpressions(licences)));
    return;
  }
  for (const licence of licences) {
    if (licence === '') continue;
    model.licenses.add(isSpdxId(licence) ? new Models.SpdxLicense(licence) : new Models.NamedLicense(licence));
  }
}

/** The licences one by one, where the field of the format cannot tell them apart again. */
function licenceFacts(licences: readonly string[]): readonly Fact[] {
  const joined = licences.length > 1 && !licences.every(isSpdxId) && licences.every(isLicenceExpression);
  const lost = joined || !licences.every(isPlain) || new Set(licences).size < licences.length || licences.includes('');
  return lost ? licences.map((licence) => fact('license', licence)) : [];
}
