import { isRecord } from '../../bytes/json.ts';
import { yaml } from '../../bytes/yaml.ts';
import type { Detector, FileView, Observation } from '../../detect/detector.ts';
import { databaseDamaged, packageFound } from '../../detect/observe.ts';
import { snapOf, stagedPackages } from './to-package.ts';

export const detectors: readonly Detector[] = [
  {
    id: 'snap/metadata',
    title: 'snap metadata and manifests',
    specification: 'https://snapcraft.io/docs/snap-format',
    packageTypes: ['snap', 'deb'],
    select: [
      { suffix: '/meta/snap.yaml', maxSize: 1 << 20 },
      { suffix: '/snap/manifest.yaml', maxSize: 16 << 20 },
      { suffix: '/snap/snapcraft.yaml', maxSize: 1 << 20 },
      { suffix: '/usr/share/snappy/dpkg.yaml', maxSize: 16 << 20 },
    ],
    detect,
  },
];

/** More aliases than any real document: each may stand for all that came before it. */
const MAX_ALIASES = 100;

function* detect(file: FileView): Generator<Observation> {
  const document = parseYaml(file.text());
  if (!isRecord(document)) {
    yield databaseDamaged('no YAML mapping: the snap and the packages staged in it are missing');
    return;
  }
  const snap = snapOf(document);
  if (snap !== undefined) yield packageFound(snap);
  for (const staged of stagedPackages(document, snap?.name)) yield packageFound(staged);
}

/** Scalars stay as written: `version: 2.10` is not the number 2.1. */
function parseYaml(text: string): unknown {
  const { parse, YAMLParseError } = yaml();
  try {
    const document: unknown = parse(text, { schema: 'failsafe', maxAliasCount: MAX_ALIASES, logLevel: 'error' });
    return document;
  } catch (error) {
    if (error instanceof YAMLParseError || error instanceof ReferenceError || error instanceof RangeError)
      return undefined;
    throw error;
  }
}
