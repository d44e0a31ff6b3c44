import type { PackageDraft } from '../../model/package.ts';

/** An entry of the inventory, which is made from the rpm packages the image was built of. */
export function toPackage(field: (name: string) => string | undefined): PackageDraft | undefined {
  const name = field('Name');
  const version = field('Version');
  if (name === undefined || name === '' || version === undefined || version === '') return undefined;
  const release = field('Release');
  const epoch = field('Epoch');
  const arch = field('Architecture');
  const vendor = field('Publisher');
  const hasEpoch = epoch !== undefined && /^[1-9]\d*$/.test(epoch);
  return {
    type: 'rpm',
    ofDistro: true,
    name,
    version: `${hasEpoch ? `${epoch}:` : ''}${version}${release === undefined || release === '' ? '' : `-${release}`}`,
    ...(arch === undefined ? {} : { arch }),
    ...(hasEpoch ? { qualifiers: { epoch } } : {}),
    ...(vendor === undefined ? {} : { properties: { vendor } }),
  };
}
