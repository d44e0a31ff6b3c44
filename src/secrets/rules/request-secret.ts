import {
  ASSIGNMENT_AFTER,
  ASSIGNMENT_BEFORE,
  assignedName,
  assignedValue,
  assignmentAt,
  isWithinPath,
} from '../assignment.ts';
import { isDrawn } from '../plausible.ts';
import type { AnchoredRule, Found, SecretRule, Site } from '../rule.ts';
import { BASE62, WORD } from '../shapes/char-set.ts';
import { latin1 } from '../shapes/latin1.ts';
import { run } from '../shapes/parts.ts';
import { sampleOf } from '../shapes/sample.ts';

const drawn = sampleOf([run(BASE62, 32)], 'request');

/** Bytes of a parameter's name and of its value. */
const BEFORE = 160;
const AFTER = 340;

/** Secrets that stand where a request carries them: parameters of a URL, headers of an API. */
export const rules: readonly SecretRule[] = [parameterRule(), headerRule()];

/** `?access_token=…` and `&api_key=…`, in a URL or in what is added to one. */
function parameterRule(): AnchoredRule {
  return {
    id: 'url-parameter-secret',
    title: 'Secret in the parameters of a URL',
    severity: 'high',
    specification: 'https://www.rfc-editor.org/rfc/rfc6750#section-2.3',
    words: ['token', 'secret', 'api_key', 'apikey', 'api-key', 'access_key', 'key=', 'appid='],
    reach: { before: BEFORE, after: AFTER },
    inspect: inspectParameter,
    samples: {
      hits: () => [
        `curl 'https://api.intern/v1/me?access_token=${drawn}'\n`,
        `href="https://api.intern/v1/a?x=1&amp;api_key=${drawn}"`,
        `https://maps.intern/v1/tile?key=${drawn}`,
        `https://weather.intern/data?q=x&appid=${drawn}`,
      ],
      misses: () => [
        `https://api.intern/v1/me?access_token=YOUR_ACCESS_TOKEN_1\n`,
        `https://api.intern/v1/me?next_page_token=${drawn}\n`,
        `https://cdn.intern/x?cache_key=${drawn}\n`,
        `path?key=${drawn}\n`,
        `https://docs.google.com/spreadsheet/ccc?key=${drawn}\n`,
        `https://spreadsheets.google.com/pub?key=${drawn}\n`,
        'https://api.intern/v1/me?api_key=${API_KEY}',
      ],
    },
  };
}

const PARAMETER = /(?:[?&]|&amp;|u0026|%26)((?:[a-z0-9]{1,12}[_-]){0,2})$/i;
/** What may come ahead of the word: the parameters that services know. */
const KINDS: Readonly<Record<string, RegExp>> = {
  token: /^(?:(?:user|oauth)[_-])?(?:access|auth|private|api|refresh|id|session)[_-]$/i,
  secret: /^(?:client|app|api|consumer)[_-]$/i,
  key: /^(?:app|auth|user|subscription|license|secret|service)[_-]$/i,
  appid: /^\b$/,
};
/** Parameters that stand for themselves, in the address of a host alone; those of badges are public, and Google's spreadsheets are named by one. */
const BARE: ReadonlySet<string> = new Set(['token', 'key', 'appid']);
const HOST = /:\/\/(?![^\s"'<>]{0,150}(?:badge|\.svg|\.png|(?:docs|spreadsheets)\.google\.com))[^\s"'<>]{4,150}$/;
const ANY_KIND = /^(?:[a-z0-9]{1,12}[_-])?$/i;

function inspectParameter(site: Site): Found | undefined {
  const signed = site.bytes[site.at + site.length - 1] === EQUALS;
  const from = site.at + site.length - (signed ? 1 : 0);
  if (site.bytes[from] !== EQUALS) return undefined;
  const before = latin1(site.bytes, site.start, site.at);
  const lead = PARAMETER.exec(before);
  const word = latin1(site.bytes, site.at, from).toLowerCase();
  if (lead === null) return undefined;
  const bare = lead[1] === '' && BARE.has(word) && HOST.test(before);
  if (!bare && !(KINDS[word] ?? ANY_KIND).test(lead[1] ?? '')) return undefined;
  const value = /^[A-Za-z0-9._~+/|-]{16,300}/.exec(latin1(site.bytes, from + 1, site.end))?.[0];
  if (value === undefined || !isDrawn(value)) return undefined;
  return { verdict: 'contextual', start: from + 1, end: from + 1 + value.length, name: `${lead[1] ?? ''}${word}` };
}

const EQUALS = 0x3d;

/** `X-Api-Key: …` as a header, an option of curl, an entry of a map or the arguments of a call. */
function headerRule(): AnchoredRule {
  return {
    id: 'request-header-secret',
    title: 'Secret in a header of a request',
    severity: 'high',
    words: ['token', '-key', 'apikey', 'secret'],
    reach: { before: ASSIGNMENT_BEFORE, after: ASSIGNMENT_AFTER },
    inspect: inspectHeader,
    samples: {
      hits: () => [
        `curl -H "X-Api-Key: ${drawn}" https://api.intern\n`,
        `request.Header.Set("Private-Token", "${drawn}")\n`,
        `[{"key": "X-Auth-Token", "value": "${drawn}"}]`,
      ],
      misses: () => [
        'curl -H "X-Api-Key: $API_KEY1" https://api.intern\n',
        `Idempotency-Key: ${drawn}\n`,
        `X-Csrf-Token: ${drawn}\n`,
      ],
    },
  };
}

/** Headers that carry a secret by their definition. */
const HEADER_NAME =
  /^(?:x-(?:[a-z0-9]{1,16}-){0,3}|[a-z0-9]{1,16}-(?:[a-z0-9]{1,16}-)?)?(?:(?:api|auth|access|app|secret|private|job|deploy|vault|consul|rapidapi|mashape|subscription|admin|service|master|client|user|functions|gitlab|figma|tfe)-(?:key|token|secret)|apikey)$/i;

function inspectHeader(site: Site): Found | undefined {
  if (!endsHeaderName(site)) return undefined;
  const assignment = assignmentAt(site.bytes, site, site.at, site.length);
  if (assignment === undefined || assignment.end - assignment.start > LONGEST_VALUE) return undefined;
  if (isWithinPath(site.bytes, site, assignment)) return undefined;
  if (!SEPARATORS.has(assignment.separator) && !(assignment.separator === '' && assignment.quoted)) return undefined;
  const name = assignedName(site.bytes, assignment);
  if (!HEADER_NAME.test(name) || /csrf|xsrf|public|id-?token|^master-key$/i.test(name)) return undefined;
  const value = assignedValue(site.bytes, assignment);
  if (!/^[A-Za-z0-9._~+/=-]{16,300}$/.test(value) || !isDrawn(value)) return undefined;
  return { verdict: 'contextual', start: assignment.start, end: assignment.end, name };
}

/** Whether the word ends a name of words joined by hyphens; asked first, for most places hold none. */
function endsHeaderName({ bytes, at, length }: Site): boolean {
  const joined = bytes[at] === HYPHEN || bytes[at - 1] === HYPHEN || length === 'apikey'.length;
  return joined && WORD.has[bytes[at + length] ?? 0] !== 1 && bytes[at + length] !== HYPHEN;
}

const HYPHEN = 0x2d;
const LONGEST_VALUE = 300;
const SEPARATORS: ReadonlySet<string> = new Set([':', ',', '=', '=>']);
