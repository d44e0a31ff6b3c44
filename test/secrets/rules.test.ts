import { describe, expect, it } from 'vitest';
import { createAhoCorasick } from '../../src/bytes/aho-corasick.ts';
import { SECRET_RULES } from '../../src/secrets/registry.generated.ts';
import type { RuleSample } from '../../src/secrets/rule.ts';
import { compileRules } from '../../src/secrets/rule-set.ts';
import { scanWhole } from '../../src/secrets/scan-bytes.ts';

const rules = compileRules(SECRET_RULES);
const scan = { rules, search: createAhoCorasick(rules.literals) };

/** Ids of the rules that report a sample, suppressed findings left out. */
function reported(sample: RuleSample): string[] {
  const { path, content } = typeof sample === 'string' ? { path: '/srv/sample.txt', content: sample } : sample;
  const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content;
  return scanWhole(scan, path, bytes)
    .filter(({ found }) => found.suppressed === undefined)
    .map(({ rule }) => rule.id);
}

describe.each(SECRET_RULES.map((rule) => ({ id: rule.id, rule })))('$id', ({ rule }) => {
  it('finds its own true samples', () => {
    const missed = rule.samples.hits().filter((sample) => !reported(sample).includes(rule.id));
    expect({ missed, samples: rule.samples.hits().length > 0 }).toEqual({ missed: [], samples: true });
  });

  it('is silent on its own false samples', () => {
    const wrong = rule.samples.misses().filter((sample) => reported(sample).includes(rule.id));
    expect({ wrong, samples: rule.samples.misses().length > 0 }).toEqual({ wrong: [], samples: true });
  });
});
