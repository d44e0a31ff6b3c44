import { isRecord, type JsonRecord, listField, optional, ownField, textField } from '../../bytes/json.ts';
import type { Problem } from '../../model/problem.ts';
import type { IgnoreRule, ParsedIgnores } from './ignore-rule.ts';
import { RuleFields } from './rule-fields.ts';

const FIELDS = [
  'vulnerability',
  'include-aliases',
  'reason',
  'namespace',
  'fix-state',
  'match-type',
  'vex-status',
  'vex-justification',
  'package',
];
/** Fields about things that our findings do not have: a rule with one of them cannot be honoured. */
const UNKNOWABLE = ['namespace', 'vex-status', 'vex-justification'];
const PACKAGE_FIELDS = ['name', 'version', 'language', 'type', 'location', 'upstream-name'];
const FIX_STATES = ['fixed', 'not-fixed', 'wont-fix', 'unknown'] as const;

/** Purl types of grype's package types and languages; others carry the same name. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  'java-archive': ['maven'],
  'jenkins-plugin': ['maven'],
  java: ['maven'],
  python: ['pypi'],
  'go-module': ['golang'],
  go: ['golang'],
  'rust-crate': ['cargo'],
  rust: ['cargo'],
  ruby: ['gem'],
  javascript: ['npm'],
  php: ['composer'],
  'php-composer': ['composer'],
  dotnet: ['nuget'],
};

/** The `ignore` list of a grype configuration (https://github.com/anchore/grype#specifying-matches-to-ignore). */
export function parseGrypeIgnores(document: JsonRecord, path: string): ParsedIgnores {
  const rules: IgnoreRule[] = [];
  const problems: Problem[] = [];
  for (const [index, value] of listField(document, 'ignore').entries()) {
    const fields = new RuleFields(value, { path, place: `ignore.${index + 1}`, known: FIELDS });
    const rule = toRule(fields);
    const unknowable = isRecord(value) ? UNKNOWABLE.find((name) => Object.hasOwn(value, name)) : undefined;
    if (unknowable === undefined && rule !== undefined) rules.push(rule);
    else {
      const why = unknowable === undefined ? 'asks for CPE matches, which are not made' : `depends on "${unknowable}"`;
      problems.push({
        code: 'PLM_IGNORE_UNSUPPORTED',
        path,
        detail: `rule ${fields.origin} ${why}: it is not applied and its findings stay`,
      });
    }
  }
  return { rules, problems };
}

function toRule(fields: RuleFields): IgnoreRule | undefined {
  const id = fields.glob('vulnerability', 'name');
  const wanted = packageFields(fields);
  const fixState = fields.text('fix-state');
  const known = FIX_STATES.find((state) => state === fixState);
  if (fixState !== undefined && known === undefined) throw fields.fault(`: unknown fix-state "${fixState}"`);
  const matchType = fields.text('match-type');
  if (matchType === 'cpe-match') return undefined;
  if (id === undefined && wanted === undefined && known === undefined) throw fields.fault('names no finding');
  return {
    origin: fields.origin,
    kinds: ['vulnerability'],
    ...optional('id', id),
    ...wanted,
    ...optional('fixState', known),
    ...optional('searched', searchedBy(matchType, fields)),
    untilFix: false,
    reason: fields.text('reason') ?? 'listed in the ignore file',
  };
}

function searchedBy(matchType: string | undefined, fields: RuleFields): IgnoreRule['searched'] {
  if (matchType === undefined) return undefined;
  if (matchType === 'exact-direct-match') return ['name'];
  if (matchType === 'exact-indirect-match') return ['source', 'origin'];
  throw fields.fault(`: unknown match-type "${matchType}"`);
}

function packageFields(fields: RuleFields): Pick<IgnoreRule, 'package' | 'paths'> | undefined {
  const record = fields.record('package');
  if (record === undefined) return undefined;
  const unknown = Object.keys(record).find((key) => !PACKAGE_FIELDS.includes(key));
  if (unknown !== undefined) throw fields.fault(`: unknown package field "${unknown}"`);
  const location = textField(record, 'location');
  const typeWords = [textField(record, 'type'), textField(record, 'language')].filter((word) => word !== undefined);
  const version = ownField(record, 'version');
  return {
    package: {
      ...optional('name', nameGlob(fields, textField(record, 'name'))),
      ...optional('sourceName', nameGlob(fields, textField(record, 'upstream-name'))),
      ...optional('version', typeof version === 'string' || typeof version === 'number' ? String(version) : undefined),
      ...optional(
        'types',
        typeWords.length === 0
          ? undefined
          : typeWords.flatMap((word) => (Object.hasOwn(TYPES, word) ? (TYPES[word] ?? []) : [word])),
      ),
    },
    ...optional('paths', location === undefined ? undefined : [fields.compile(location, 'path', 'location')]),
  };
}

/** grype takes names as regular expressions too; of these only `.*` is understood, other signs stand for themselves. */
function nameGlob(fields: RuleFields, name: string | undefined): ReturnType<RuleFields['compile']> | undefined {
  return name === undefined ? undefined : fields.compile(name.replaceAll('.*', '*'), 'name', 'package name');
}
