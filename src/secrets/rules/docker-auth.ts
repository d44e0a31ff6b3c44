import type { AnchoredRule, Found, SecretRule, Site } from '../rule.ts';
import { latin1 } from '../shapes/latin1.ts';
import { isWordy } from '../wordy-password.ts';

const SPECIFICATION = 'https://docs.docker.com/reference/cli/docker/login/';
const sample = (value: string) =>
  JSON.stringify({ auths: { 'registry.intern': { auth: Buffer.from(value).toString('base64') } } });

export const rules: readonly SecretRule[] = [
  {
    id: 'docker-auth',
    title: 'Registry login of docker',
    severity: 'critical',
    specification: SPECIFICATION,
    anchors: ['"auth"', '\\"auth\\"'],
    reach: { before: 0, after: 2048 },
    inspect: login,
    samples: {
      hits: () => [sample('deploy:q8Zm2xKd91'), JSON.stringify({ c: sample('deploy:q8Zm2xKd91') })],
      misses: () => [
        sample('no colon here'),
        '{"auths":{"r":{}},"credsStore":"pass"}',
        '{"auth": ""}',
        sample('deploy:'),
      ],
    },
  },
  identityToken(),
];

function login(site: Site): Found | undefined {
  const value = jsonValue(site);
  if (value === undefined || !/^[A-Za-z0-9+/_-]{8,}={0,2}$/.test(value.text)) return undefined;
  const decoded = Buffer.from(value.text, 'base64').toString('latin1');
  const [, user, password] =
    /^([\x21-\x39\x3b-\x7e]{1,64}):([\x20-\x7e]{1,})$/.exec(decoded.replace(/\0{1,255}$/, '')) ?? [];
  if (user === undefined || password === undefined) return undefined;
  return {
    verdict: 'structured',
    ...(isMadeUp(user, password) ? { suppressed: 'placeholder' as const } : {}),
    proof: 'decodes to user:password',
    start: value.start,
    end: value.start + value.text.length,
    name: user,
  };
}

/** Whether the login is one of manuals and tests: `user:password`, `username:pass`. */
function isMadeUp(user: string, password: string): boolean {
  return /user|^(?:foo|test|joe|me|name)/i.test(user) && (isWordy(password, user) || /^[a-z]{1,12}$/.test(password));
}

function identityToken(): AnchoredRule {
  return {
    id: 'docker-identity-token',
    title: 'Registry identity token of docker',
    severity: 'critical',
    specification: SPECIFICATION,
    anchors: ['"identitytoken"', '"registrytoken"'],
    reach: { before: 0, after: 4096 },
    inspect: (site) => {
      const value = jsonValue(site);
      return value === undefined || value.text.length < 16 || /\s|\.\.\./.test(value.text)
        ? undefined
        : { verdict: 'structured', start: value.start, end: value.start + value.text.length };
    },
    samples: {
      hits: () => ['{"auths":{"r":{"identitytoken":"f3b1c0ffee90aa117e55e1d2"}}}'],
      misses: () => ['{"auths":{"r":{"identitytoken":""}}}', '{"identitytoken": null}'],
    },
  };
}

/** The string after `"name":`. */
function jsonValue(site: Site): { text: string; start: number } | undefined {
  const text = latin1(site.bytes, site.at + site.length, site.end);
  const value = /^\s{0,8}:\s{0,8}\\?"([^"\\]{1,4000})\\?"/.exec(text);
  if (value?.[1] === undefined) return undefined;
  return { text: value[1], start: site.at + site.length + value[0].indexOf('"') + 1 };
}
