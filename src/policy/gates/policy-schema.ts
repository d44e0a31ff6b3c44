import { SECRET_VERDICTS } from '../../model/secret.ts';
import { SEVERITIES } from '../../model/severity.ts';
import { GATE_SUBJECTS } from './policy.ts';

const text = { type: 'string', minLength: 1, maxLength: 1024 } as const;
const textList = { type: 'array', items: text, minItems: 1, maxItems: 1000 } as const;
const oneOrMany = { anyOf: [text, textList] } as const;
const flag = { type: 'boolean' } as const;
const comparison = {
  anyOf: [
    { type: 'string', pattern: '^\\s*(>=|<=|>|<|=)?\\s*[0-9]+(\\.[0-9]+)?\\s*$' },
    { type: 'number', minimum: 0 },
  ],
} as const;

const names = (words: readonly string[]): object => ({
  anyOf: [{ enum: words }, { type: 'array', items: { enum: words }, minItems: 1 }],
});
const ordered = (words: readonly string[]): object => ({
  anyOf: [
    { type: 'string', pattern: `^\\s*(>=|=)?\\s*(${words.join('|')})\\s*$` },
    { type: 'array', items: { enum: words }, minItems: 1 },
  ],
});

/** Conditions of each subject: a word that does not belong to it is a mistake and not a gate that never trips. */
const states = { state: names(['present', 'overwritten', 'deleted']) };
const CONDITIONS: Readonly<Record<(typeof GATE_SUBJECTS)[number], object>> = {
  vulnerability: {
    severity: ordered(SEVERITIES),
    fix: { enum: ['available', 'none'] },
    kev: flag,
    epss: comparison,
    cvss: comparison,
    ageDays: comparison,
    status: names(['affected', 'fixed', 'wont-fix', 'deferred', 'end-of-life', 'undecided']),
    ...states,
    type: oneOrMany,
    inBase: flag,
    id: oneOrMany,
    purl: oneOrMany,
    path: oneOrMany,
  },
  secret: { verdict: ordered(SECRET_VERDICTS), source: oneOrMany, rule: oneOrMany, path: oneOrMany, ...states },
  misconfiguration: { severity: ordered(SEVERITIES), id: oneOrMany, path: oneOrMany },
  license: { denied: textList, allowed: textList, type: oneOrMany, purl: oneOrMany },
  package: { purl: oneOrMany, type: oneOrMany, path: oneOrMany, inBase: flag, ...states },
  problem: { code: oneOrMany },
  database: { ageDays: comparison, expired: flag, starter: flag, noData: flag, unjudged: comparison },
  image: {
    osEndOfLife: flag,
    root: flag,
    missingLabels: textList,
    notBuiltBy: oneOrMany,
    notBuiltFrom: oneOrMany,
    layers: comparison,
    bytes: comparison,
    wastedBytes: comparison,
    efficiency: comparison,
  },
};

const gateOf = (on: (typeof GATE_SUBJECTS)[number]): object => ({
  required: ['id', 'on'],
  additionalProperties: false,
  properties: {
    id: { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$' },
    on: { const: on },
    when: { type: 'object', properties: CONDITIONS[on], additionalProperties: false },
    expression: { type: 'string', minLength: 1, maxLength: 2000 },
    max: { type: 'integer', minimum: 0 },
    action: { enum: ['fail', 'warn', 'info'] },
    message: { type: 'string', maxLength: 500 },
    images: textList,
  },
});

/** JSON Schema (draft 7) of a policy file. */
export const POLICY_SCHEMA = {
  type: 'object',
  required: ['version', 'gates'],
  additionalProperties: false,
  properties: {
    version: { const: 1 },
    unknownSeverity: { enum: SEVERITIES.filter((severity) => severity !== 'unknown') },
    history: flag,
    countNotLinked: flag,
    gates: {
      type: 'array',
      maxItems: 200,
      items: {
        type: 'object',
        required: ['on'],
        discriminator: { propertyName: 'on' },
        oneOf: GATE_SUBJECTS.map(gateOf),
      },
    },
    ignores: { type: 'array' },
  },
} as const;
