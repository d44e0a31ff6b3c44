import { isRecord, type JsonRecord, listField, parseJson, textField } from '../bytes/json.ts';
import type { Detector } from '../detect/detector.ts';
import { databaseDamaged } from '../detect/observe.ts';

export const detectors: readonly Detector[] = [
  {
    id: 'distro/ubuntu-pro',
    title: 'Ubuntu Pro status',
    specification: 'https://documentation.ubuntu.com/pro-client/en/latest/references/api/',
    packageTypes: [],
    select: [{ path: '/var/lib/ubuntu-advantage/status.json' }],
    *detect(file, context) {
      const status = parseJson(file.text(), context.limits.jsonDepth);
      if (!isRecord(status)) {
        yield databaseDamaged('no JSON object: whether ESM streams are enabled is not known');
        return;
      }
      const streams = enabledEsmStreams(status);
      if (streams.length > 0) yield { kind: 'fact', name: 'distro.esm', value: streams.join(',') };
    },
  },
];

/** Names of the enabled extended-maintenance streams without `esm-`, sorted: `apps`, `infra`. */
function enabledEsmStreams(status: JsonRecord): readonly string[] {
  const streams = new Set<string>();
  for (const service of listField(status, 'services')) {
    if (!isRecord(service) || textField(service, 'status') !== 'enabled') continue;
    const name = textField(service, 'name');
    if (name?.startsWith('esm-') === true) streams.add(name.slice(4));
  }
  return [...streams].sort();
}
