import { isRecord, listField, parseJson, textField } from '../../bytes/json.ts';
import type { DetectContext, Detector, FileView, Observation } from '../../detect/detector.ts';
import { databaseDamaged, databaseEmpty, packageFound } from '../../detect/observe.ts';
import { toPackage } from './to-package.ts';

const title = 'Bottlerocket application inventory';

export const detectors: readonly Detector[] = [
  {
    id: 'bottlerocket/inventory',
    title,
    specification: 'https://github.com/bottlerocket-os/bottlerocket-core-kit/blob/develop/README.md',
    packageTypes: ['rpm'],
    select: [{ suffix: '/usr/share/bottlerocket/application-inventory.json' }],
    detect,
  },
];

function* detect(file: FileView, context: DetectContext): Generator<Observation> {
  const inventory = parseJson(file.text(), context.limits.jsonDepth);
  if (!isRecord(inventory)) {
    yield databaseDamaged('no JSON object: the packages of the system are not in this report');
    return;
  }
  const content = listField(inventory, 'Content');
  let damaged = 0;
  for (const item of content) {
    const found = isRecord(item) ? toPackage((name) => textField(item, name)) : undefined;
    if (found === undefined) damaged += 1;
    else yield packageFound(found);
  }
  if (damaged > 0) yield databaseDamaged(`${damaged} entries without name or version: these packages are missing`);
  if (content.length === 0) yield databaseEmpty(title);
}
