import { createAhoCorasick } from '../../src/bytes/aho-corasick.ts';
import { SECRET_RULES } from '../../src/secrets/registry.generated.ts';
import { compileRules } from '../../src/secrets/rule-set.ts';
import { scanWhole } from '../../src/secrets/scan-bytes.ts';
import { settle } from '../../src/secrets/settle.ts';

const rules = compileRules(SECRET_RULES);
const scan = { rules, search: createAhoCorasick(rules.literals) };

/** Rules and the bytes they point at, of all that is reported of one text; suppressed findings left out. */
export function foundIn(path: string, text: string): { readonly ruleId: string; readonly value: string }[] {
  const bytes = Buffer.from(text, 'latin1');
  return settle(0, path, scanWhole(scan, path, bytes))
    .filter(({ witness, suppressed }) => witness !== true && suppressed === undefined)
    .map(({ ruleId, offset, length }) => ({ ruleId, value: text.slice(offset, offset + length) }));
}

/** The bytes alone. */
export function valuesIn(path: string, text: string): string[] {
  return foundIn(path, text).map(({ value }) => value);
}

/** Rules and how sure each is. */
export function verdictsIn(path: string, text: string): { readonly ruleId: string; readonly verdict: string }[] {
  return settle(0, path, scanWhole(scan, path, Buffer.from(text, 'latin1')))
    .filter(({ witness, suppressed }) => witness !== true && suppressed === undefined)
    .map(({ ruleId, verdict }) => ({ ruleId, verdict }));
}
