import { isRecord, listField, parseJson } from '../../bytes/json.ts';
import type { DetectContext, Detector, FileView, Observation } from '../../detect/detector.ts';
import { databaseDamaged, databaseEmpty, packageFound } from '../../detect/observe.ts';
import { toPackage } from './to-package.ts';

const title = 'Container-Optimized OS package list';

export const detectors: readonly Detector[] = [
  {
    id: 'cos/package-info',
    title,
    specification: 'https://cloud.google.com/container-optimized-os/docs/concepts/cos-package-info',
    packageTypes: ['cos'],
    select: [{ path: '/etc/cos-package-info.json' }],
    detect,
  },
];

/** Only `installedPackages` are in the image; `buildTimePackages` made it. */
function* detect(file: FileView, context: DetectContext): Generator<Observation> {
  const list = parseJson(file.text(), context.limits.jsonDepth);
  if (!isRecord(list)) {
    yield databaseDamaged('no JSON object: the packages of the system are not in this report');
    return;
  }
  const installed = listField(list, 'installedPackages');
  let damaged = 0;
  for (const item of installed) {
    const found = isRecord(item) ? toPackage(item) : undefined;
    if (found === undefined) damaged += 1;
    else yield packageFound(found);
  }
  if (damaged > 0) yield databaseDamaged(`${damaged} entries without name or version: these packages are missing`);
  if (installed.length === 0) yield databaseEmpty(title);
}
