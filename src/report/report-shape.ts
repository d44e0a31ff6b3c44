/**
 * Report version 1 as written: which fields an object of each part has, in which order. Only what is named here is
 * written, so a field that must not leave the program (a value of ENV, an unredacted text) cannot slip out.
 */
export interface ObjectShape {
  readonly fields: Readonly<Record<string, Shape>>;
  /** The same in order, as writers walk them. */
  readonly entries: readonly (readonly [name: string, shape: Shape])[];
}

/** `value`: scalars and arrays of scalars as they are; `map`: free keys, sorted; otherwise an object or a list of objects. */
export type Shape = 'value' | 'map' | ObjectShape;

const object = (fields: Readonly<Record<string, Shape>>): ObjectShape => ({ fields, entries: Object.entries(fields) });
const values = (...names: readonly string[]): Readonly<Record<string, Shape>> =>
  Object.fromEntries(names.map((name): [string, Shape] => [name, 'value']));

const SUPPRESSED = { suppressed: object(values('reason', 'rule', 'justification')) };
const HIDDEN_FILE = object(values('path', 'size', 'addedIn', 'removedIn', 'how'));
const NOTABLE_FILE = object(values('path', 'layer', 'state', 'mode', 'detail'));

const IMAGE = object({
  ...values('ref', 'kind', 'manifestDigest'),
  signer: object(values('subject', 'key', 'identity', 'issuer')),
  ...values('configDigest'),
  platform: object(values('os', 'architecture', 'variant')),
  os: object({
    ...values('id', 'versionId', 'prettyName', 'codename', 'idLike'),
    properties: 'map',
    eol: object(values('date', 'reached')),
  }),
  ...values('created'),
  config: object({
    ...values('user', 'ports', 'envNames'),
    labels: 'map',
    ...values('entrypoint', 'cmd', 'workingDir', 'volumes'),
  }),
  provenance: object({
    ...values('predicateType', 'builder', 'buildType'),
    source: object(values('uri', 'revision', 'path')),
    ...values('startedOn', 'finishedOn'),
    materials: object(values('uri', 'digest')),
    ...values('signed'),
  }),
  ...values('baseName'),
  layers: object(
    values(
      ...[
        'index',
        'digest',
        'diffId',
        'size',
        'uncompressedSize',
        'compression',
        'createdBy',
        'dockerfileLine',
        'base',
        'files',
        'hiddenBytes',
      ],
    ),
  ),
});

const PACKAGE = object({
  ...values('id', 'type', 'namespace', 'name', 'version', 'purl', 'arch'),
  source: object(values('name', 'version')),
  ...values('licenses'),
  locations: object(values('path', 'layer', 'detector', 'digest')),
  ...values('state', 'removedIn', 'ownedBy', 'scope'),
  hashes: object(values('algorithm', 'value')),
  properties: 'map',
  ...values('dependsOn'),
});

const VULNERABILITY = object({
  ...values('id', 'aliases'),
  advisories: object(values('id', 'source')),
  ...values('packageId', 'severity', 'severitySource'),
  cvss: object(values('version', 'vector', 'score', 'source')),
  kev: object(values('dateAdded', 'ransomware')),
  epss: object(values('score', 'percentile', 'date')),
  ...values('status', 'fixedIn', 'layer', 'state', 'inBase'),
  reasons: object(
    values('searched', 'name', 'segment', 'scheme', 'version', 'range', 'advisory', 'derivedFrom', 'linked'),
  ),
  ...values('source', 'title', 'published', 'modified', 'references', 'cwes'),
  ...SUPPRESSED,
});

const SECRET = object({
  ...values('ruleId', 'title', 'verdict', 'severity', 'source', 'name', 'path', 'layer', 'state', 'removedIn'),
  ...values('line', 'column', 'match', 'fingerprint', 'proof'),
  ...SUPPRESSED,
});

export const REPORT: ObjectShape = object({
  ...values('schemaVersion'),
  tool: object(values('name', 'version')),
  ...values('createdAt', 'scanners'),
  image: IMAGE,
  packages: PACKAGE,
  vulnerabilities: VULNERABILITY,
  fixPlan: object(values('packageId', 'from', 'to', 'clears', 'layer')),
  secrets: SECRET,
  files: object({
    deleted: HIDDEN_FILE,
    overwritten: HIDDEN_FILE,
    setuid: NOTABLE_FILE,
    capabilities: NOTABLE_FILE,
    worldWritable: NOTABLE_FILE,
    devices: NOTABLE_FILE,
    unowned: object(values('path', 'layer', 'size')),
    integrity: object({
      ...values('checked', 'withoutDigest'),
      modified: object(values('path', 'layer', 'packageId', 'algorithm', 'expected', 'found')),
    }),
    known: object(values('path', 'layer', 'state', 'removedIn', 'algorithm', 'digest', 'name')),
    all: object(values('path', 'layer', 'size', 'sha256')),
  }),
  waste: object(values('bytes', 'efficiency')),
  misconfigurations: object({
    ...values('id', 'aliases', 'title', 'severity', 'evidence', 'layer', 'path', 'secret', 'remediation'),
    ...SUPPRESSED,
  }),
  licenses: object(values('license', 'packageIds', 'files')),
  bundle: object({
    ...values('contentId', 'channel', 'sequence', 'builtAt', 'starter', 'expired', 'rolledBack'),
    sources: object(values('id', 'capturedAt', 'used')),
    coverage: object({ ...values('os'), ecosystems: 'map', unjudged: object(values('missing', 'packageIds')) }),
  }),
  policy: object({
    ...values('verdict'),
    gates: object(values('id', 'subject', 'action', 'passed', 'message', 'findings')),
  }),
  problems: object(values('code', 'layer', 'path', 'detail')),
});
