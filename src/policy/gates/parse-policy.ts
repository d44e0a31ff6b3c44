import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { isRecord, type JsonRecord, listField, ownField, recordField, textField } from '../../bytes/json.ts';
import { PlimsollError } from '../../errors.ts';
import { parseSeverity } from '../../model/severity.ts';
import { compileGlob, type Glob } from '../glob.ts';
import { parsePlimsollIgnores } from '../ignores/parse-plimsoll-ignores.ts';
import { parseYaml } from '../parse-yaml.ts';
import { compileExpression, type Expression } from './expression.ts';
import { parseConditions } from './parse-conditions.ts';
import { GATE_SUBJECTS, type Gate, type Policy } from './policy.ts';
import { POLICY_SCHEMA } from './policy-schema.ts';

let validator: ValidateFunction | undefined;

/** Reads a policy file: fixed words checked against the schema, expressions compiled. Throws PLM_POLICY_INVALID with the place. */
export function parsePolicy(text: string, path: string): Policy {
  const document = parseYaml(text, path, 'PLM_POLICY_INVALID');
  validator ??= new Ajv({ strict: false, discriminator: true }).compile(POLICY_SCHEMA);
  if (!validator(document) || !isRecord(document)) throw schemaFault(validator.errors?.[0], path);
  const gates = listField(document, 'gates')
    .filter(isRecord)
    .map((gate) => parseGate(gate, path));
  const seen = new Set<string>();
  for (const { id } of gates) {
    if (seen.has(id)) throw new PlimsollError('PLM_POLICY_INVALID', `two gates are called "${id}"`, { path });
    seen.add(id);
  }
  return {
    path,
    unknownSeverity: parseSeverity(textField(document, 'unknownSeverity') ?? 'high') ?? 'high',
    history: ownField(document, 'history') === true,
    ...(ownField(document, 'countNotLinked') === true && { countNotLinked: true }),
    gates,
    ignores: parsePlimsollIgnores(document, path),
  };
}

function schemaFault(fault: ErrorObject | undefined, path: string): PlimsollError {
  const extra = isRecord(fault?.params) ? textField(fault.params, 'additionalProperty') : undefined;
  const place = fault?.instancePath.replace(/^\//, '').replaceAll('/', '.') ?? '';
  const what = `${fault?.message ?? 'not a policy'}${extra === undefined ? '' : `: "${extra}"`}`;
  return new PlimsollError('PLM_POLICY_INVALID', `${place === '' ? 'the policy' : place} ${what}`, {
    path,
    hint: 'docs/policy.md lists the words',
  });
}

function parseGate(record: JsonRecord, path: string): Gate {
  const id = textField(record, 'id') ?? '';
  const fault = (what: string): PlimsollError =>
    new PlimsollError('PLM_POLICY_INVALID', `gate "${id}" ${what}`, { path });
  const on = GATE_SUBJECTS.find((subject) => subject === record['on']);
  if (on === undefined) throw fault('judges nothing');
  const when = recordField(record, 'when') ?? {};
  const source = textField(record, 'expression');
  if (source === undefined && Object.keys(when).length === 0 && (on === 'database' || on === 'image'))
    throw fault('has no condition');
  const expression = source === undefined ? undefined : compile(source, fault);
  const max = ownField(record, 'max');
  const message = textField(record, 'message');
  const images = listField(record, 'images');
  const action = ownField(record, 'action');
  return {
    id,
    on,
    action: action === 'warn' || action === 'info' ? action : 'fail',
    max: typeof max === 'number' ? max : 0,
    ...(message === undefined ? {} : { message }),
    ...(images.length === 0 ? {} : { images: images.map((value) => imageGlob(value, fault)) }),
    when: parseConditions(when, fault),
    ...(expression === undefined ? {} : { expression }),
  };
}

function compile(source: string, fault: (what: string) => PlimsollError): Expression {
  const expression = compileExpression(source);
  if ('fault' in expression) throw fault(`has an expression that does not compile: ${expression.fault}`);
  return expression;
}

function imageGlob(value: unknown, fault: (what: string) => PlimsollError): Glob {
  const glob = typeof value === 'string' ? compileGlob(value, 'name') : undefined;
  if (glob === undefined) throw fault('has an unusable image pattern');
  return glob;
}
