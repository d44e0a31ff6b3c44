import type { Argv } from 'yargs';
import { knownOptions } from './settings.ts';

/** Headings of the help with the options below them; what is in none stands under "Options:". */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  'Verdict:': [
    'fail-on',
    'fail-on-secrets',
    'fail-on-checks',
    'exit-on-eol',
    'max-db-age',
    'require-coverage',
    'policy',
    'ignorefile',
    'vex',
    'baseline',
    'severity',
    'ignore-unfixed',
    'count-not-linked',
    'history',
  ],
  'Reports:': [
    'format',
    'output',
    'show-suppressed',
    'include-files',
    'template',
    'author',
    'created',
    'sign-key',
    'passphrase-file',
    'passphrase-fd',
  ],
  'Image:': ['platform', 'all-platforms', 'ref', 'dockerfile', 'bases'],
  'Who signed it:': ['image-key', 'image-identity', 'image-issuer', 'trusted-root', 'image-signature'],
  'What is looked for:': ['scanners', 'verify-files', 'known-bad', 'rules', 'db', 'root'],
  'Archive:': ['archive', 'label'],
};

/** Sorts the help of a command with many options under headings. */
export function grouped(parser: Argv): Argv {
  const known = knownOptions(parser);
  if (known.size < MANY) return parser;
  return Object.entries(GROUPS).reduce((grouping, [heading, names]) => {
    const present = names.filter((name) => known.has(name));
    return present.length === 0 ? grouping : grouping.group(present, heading);
  }, parser);
}

const MANY = 20;
