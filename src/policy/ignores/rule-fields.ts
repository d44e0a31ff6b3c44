import { isRecord, type JsonRecord, ownField } from '../../bytes/json.ts';
import { PlimsollError } from '../../errors.ts';
import { compileGlob, type Glob, type GlobKind } from '../glob.ts';
import { compilePurlPattern, type PurlPattern } from '../purl-pattern.ts';
import { parseDay } from './ignore-rule.ts';

/** Where a rule stands, and the fields it may have. */
export interface RuleSource {
  readonly path: string;
  readonly place: string;
  readonly known: readonly string[];
}

/** One rule of a YAML ignore file, read field by field; every fault names the rule. */
export class RuleFields {
  readonly origin: string;
  readonly #path: string;
  readonly #record: JsonRecord;

  constructor(value: unknown, { path, place, known }: RuleSource) {
    this.#path = path;
    this.origin = `${path.slice(path.lastIndexOf('/') + 1)}#${place}`;
    if (!isRecord(value)) throw this.fault('is not a map of fields');
    this.#record = value;
    const unknown = Object.keys(value).find((key) => !known.includes(key));
    if (unknown !== undefined)
      throw this.fault(`has an unknown field "${unknown}"`, `known fields: ${known.join(', ')}`);
  }

  fault(what: string, hint?: string): PlimsollError {
    return new PlimsollError('PLM_IGNORE_INVALID', `rule ${this.origin}${what.startsWith(':') ? '' : ' '}${what}`, {
      path: this.#path,
      hint,
    });
  }

  text(name: string): string | undefined {
    const value = ownField(this.#record, name);
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'number') return String(value);
    if (typeof value !== 'string' || value.trim() === '') throw this.fault(`: ${name} must be text`);
    return value;
  }

  required(name: string): string {
    const value = this.text(name);
    if (value === undefined)
      throw this.fault(
        `has no ${name}`,
        'every accepted finding needs a reason, an owner and a day on which it is looked at again',
      );
    return value;
  }

  flag(name: string): boolean {
    const value = ownField(this.#record, name) ?? false;
    if (typeof value !== 'boolean') throw this.fault(`: ${name} must be true or false`);
    return value;
  }

  day(name: string): string | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const day = parseDay(value);
    if (day === undefined) throw this.fault(`: ${name} "${value}" is no date`, 'write YYYY-MM-DD');
    return day;
  }

  glob(name: string, kind: GlobKind): Glob | undefined {
    const value = this.text(name);
    return value === undefined ? undefined : this.compile(value, kind, name);
  }

  purl(name: string): PurlPattern | undefined {
    const value = this.text(name);
    return value === undefined ? undefined : this.compilePurl(value, name);
  }

  texts(name: string): readonly string[] {
    const value = ownField(this.#record, name) ?? [];
    if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
      throw this.fault(`: ${name} must be a list of texts`);
    return value;
  }

  record(name: string): JsonRecord | undefined {
    const value = ownField(this.#record, name);
    if (value === undefined || value === null) return undefined;
    if (!isRecord(value)) throw this.fault(`: ${name} must be a map`);
    return value;
  }

  compile(value: string, kind: GlobKind, name: string): Glob {
    const glob = compileGlob(value, kind);
    if (glob === undefined) throw this.fault(`: ${name} is no usable pattern`);
    return glob;
  }

  compilePurl(value: string, name: string): PurlPattern {
    const pattern = compilePurlPattern(value);
    if (pattern === undefined)
      throw this.fault(`: ${name} "${value}" is no package URL`, 'package URLs start with pkg:');
    return pattern;
  }
}
