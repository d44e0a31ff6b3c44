import { Environment } from '@marcbachmann/cel-js';
import { firstLine } from './first-line.ts';

/** A CEL expression (https://github.com/google/cel-spec) over one subject. It ends, does no I/O and reads no clock. */
export interface Expression {
  readonly source: string;
  /** Throws what CEL throws: a missing field, a type that does not fit. The caller fails the gate. */
  holds(subject: unknown, image: unknown): boolean;
}

/** Caps of one expression: real ones hold some tens of nodes. */
const LIMITS = { maxAstNodes: 1000, maxDepth: 50, maxListElements: 200, maxMapEntries: 50, maxCallArguments: 8 };

/**
 * Compiles and type-checks an expression; the reason where it is none. Variables: `finding` (the subject) and `image`.
 * `matches` is refused: its patterns run on a backtracking engine.
 */
export function compileExpression(source: string): Expression | { readonly fault: string } {
  if (/\bmatches\s*\(/.test(source))
    return { fault: 'matches() is not available; use contains, startsWith or endsWith' };
  const environment = new Environment({ limits: LIMITS })
    .registerVariable('finding', 'map<string, dyn>')
    .registerVariable('image', 'map<string, dyn>');
  const checked = environment.check(source);
  if (!checked.valid) return { fault: firstLine(checked.error) };
  if (checked.type !== 'bool' && checked.type !== 'dyn')
    return { fault: `the expression gives ${String(checked.type)}, not a truth value` };
  const program = environment.parse(source);
  return {
    source,
    holds(subject, image) {
      const value: unknown = program({ finding: subject, image });
      if (typeof value !== 'boolean') throw new Error('the expression gives no truth value');
      return value;
    },
  };
}
