import { createAhoCorasick } from '../bytes/aho-corasick.ts';
import { PLACED_ANCHORS } from './placed-anchors.generated.ts';
import { SECRET_RULES } from './registry.generated.ts';
import { compileRules, type RuleSet } from './rule-set.ts';
import type { Scan } from './scan-bytes.ts';

let rules: RuleSet | undefined;
let scan: Scan | undefined;

/** The rules that come with the program, compiled once per thread. */
export function builtInRules(): RuleSet {
  rules ??= { ...compileRules(SECRET_RULES), placed: PLACED_ANCHORS };
  return rules;
}

/** A scan for short texts: needs no linear memory. */
export function builtInScan(): Scan {
  scan ??= { rules: builtInRules(), search: createAhoCorasick(builtInRules().literals) };
  return scan;
}
