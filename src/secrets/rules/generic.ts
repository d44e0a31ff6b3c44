import {
  ASSIGNMENT_AFTER,
  ASSIGNMENT_BEFORE,
  type Assignment,
  assignedName,
  assignedValue,
  assignmentAt,
  isWithinPath,
} from '../assignment.ts';
import { isConfigPath } from '../generic/config-path.ts';
import { isGiven, kindOfName } from '../generic/secret-name.ts';
import { isDrawnLetters, isHarmlessValue, isMixed, isUnnamedKey } from '../generic/secret-value.ts';
import { plausibility } from '../plausible.ts';
import type { AnchoredRule, Found, SecretRule, Site } from '../rule.ts';
import { BASE62 } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { sampleOf } from '../shapes/sample.ts';

const drawn = sampleOf([run(BASE62, 24)], 'generic');

export const rules: readonly SecretRule[] = [
  genericRule(
    'generic-password',
    'Password given to a name',
    [
      'passw',
      'passwd',
      'pwd',
      'passphrase',
      'pass=',
      'pass:',
      "pass'",
      'pass"',
      '_pass ',
      'passcode',
      '_pw=',
      '_pw:',
      'bindpw',
      '_psk',
    ],
    'DB_PASSWORD',
  ),
  genericRule(
    'generic-secret',
    'Secret given to a name',
    [
      'secret',
      'credential',
      'private_key',
      'privatekey',
      'encryption_key',
      'signing_key',
      'master_key',
      '_salt',
      'auth_key',
      'secure_auth_key',
      'logged_in_key',
      'nonce_key',
    ],
    'CLIENT_SECRET',
  ),
  genericRule('generic-token', 'Token given to a name', ['token', 'bearer'], 'ACCESS_TOKEN'),
  genericRule(
    'generic-api-key',
    'API key given to a name',
    [
      'api_key',
      'apikey',
      'api-key',
      'access_key',
      'accesskey',
      'access-key',
      'app_key',
      'appkey',
      'auth=',
      'auth"',
      'consumer_key',
      'account_key',
      'license_key',
      '_key',
      'key=',
      '-key',
    ],
    'SERVICE_API_KEY',
  ),
];

function genericRule(id: string, title: string, words: readonly string[], name: string): AnchoredRule {
  return {
    id,
    title,
    severity: 'medium',
    words,
    reach: { before: ASSIGNMENT_BEFORE, after: ASSIGNMENT_AFTER },
    inspect,
    samples: {
      hits: () => [
        `${name}=${drawn}\n`,
        `const config = { ${name.toLowerCase()}: "${drawn}" };\n`,
        `"${name}": "${drawn}",\n`,
      ],
      misses: () => [
        `${name}=\${${name}}\n`,
        `${name}=changeme\n`,
        `${name.toLowerCase()} = get_it()\n`,
        `${name}_FILE=/run/secrets/x1y2z3\n`,
        `"${name}": "Enter your value"\n`,
      ],
    },
  };
}

/**
 * A generic secret is, step by step: an assignment; of a length that secrets have; in quotes, unless the file is one of
 * settings; to a name that says secret or key; of a value that is no code, name or address; and that looks drawn.
 */
function inspect(site: Site): Found | undefined {
  const assignment = assignmentAt(site.bytes, site, site.at, site.length);
  if (assignment === undefined || !hasLength(assignment) || isWithinPath(site.bytes, site, assignment))
    return undefined;
  const { quoted, separator, start, end } = assignment;
  const config = isConfigPath(site.path);
  if (!quoted && (!config || separator === '')) return undefined;
  const name = assignedName(site.bytes, assignment);
  const value = assignedValue(site.bytes, assignment);
  const kind = kindOfName(name);
  if (kind === 'harmless' || value === name) return undefined;
  if (isDrawnLetters(value)) {
    if (kind !== 'secret') return undefined;
  } else {
    if (isHarmlessValue(value, quoted) || !isGiven(name, separator, kind)) return undefined;
    if (!(kind === 'secret' ? isMixed(value, config) : isUnnamedKey(value))) return undefined;
  }
  const plausible = plausibility(value);
  if (plausible === 'placeholder' || plausible === 'reference') return undefined;
  return { verdict: 'generic', start, end, name: name.slice(0, LONGEST_NAME) };
}

/** Characters of a name that are shown. */
const LONGEST_NAME = 80;
/** Bytes of a value. */
const SHORTEST = 6;
const LONGEST = 256;

function hasLength({ start, end }: Assignment): boolean {
  return end - start >= SHORTEST && end - start <= LONGEST;
}
