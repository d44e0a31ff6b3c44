import { crc32Base36 } from '../checksum.ts';
import type { Judgement, SecretRule } from '../rule.ts';
import { BASE62, BASE64URL, charSet, HEX, LOWER_ALNUM } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { sampleOf } from '../shapes/sample.ts';
import { tokenRule } from '../shapes/token.ts';

const SPECIFICATION = 'https://docs.gitlab.com/security/tokens/#token-prefixes';

/** Prefix, what it opens, and what follows it. */
const PLAIN = [
  ['gitlab-pat', 'GitLab personal access token', 'glpat-', 20, 20],
  ['gitlab-deploy-token', 'GitLab deploy token', 'gldt-', 20, 20],
  ['gitlab-runner-token', 'GitLab runner authentication token', 'glrt-', 20, 40],
  ['gitlab-registered-runner-token', 'GitLab runner authentication token (registered)', 'glrtr-', 20, 40],
  ['gitlab-ci-job-token', 'GitLab CI job token', 'glcbt-', 20, 30],
  ['gitlab-feed-token', 'GitLab feed token', 'glft-', 20, 64],
  ['gitlab-incoming-mail-token', 'GitLab incoming mail token', 'glimt-', 25, 25],
  ['gitlab-agent-token', 'GitLab Kubernetes agent token', 'glagent-', 50, 50],
  ['gitlab-oauth-secret', 'GitLab OAuth application secret', 'gloas-', 64, 64],
  ['gitlab-scim-token', 'GitLab SCIM token', 'glsoat-', 20, 20],
  ['gitlab-feature-flag-token', 'GitLab feature flags client token', 'glffct-', 20, 20],
  ['gitlab-workspace-token', 'GitLab workspace token', 'glwt-', 20, 20],
] as const;

const LETTERS_AND_DOT = charSet('base64url and dot', '0-9A-Za-z_.-');

export const rules: readonly SecretRule[] = [
  ...PLAIN.map(([id, title, prefix, min, max]) =>
    tokenRule({ id, title, specification: SPECIFICATION, prefixes: [prefix], parts: [run(BASE64URL, min, max)] }),
  ),
  tokenRule({
    id: 'gitlab-trigger-token',
    title: 'GitLab pipeline trigger token',
    specification: SPECIFICATION,
    prefixes: ['glptt-'],
    parts: [run(HEX, 40)],
  }),
  tokenRule({
    id: 'gitlab-runner-registration-token',
    title: 'GitLab runner registration token',
    specification: SPECIFICATION,
    prefixes: ['GR1348941'],
    parts: [run(BASE64URL, 20)],
  }),
  tokenRule({
    id: 'gitlab-routable-token',
    title: 'GitLab token with routing data',
    specification:
      'https://handbook.gitlab.com/handbook/engineering/architecture/design-documents/cells/routable_tokens/',
    prefixes: ['glpat-', 'glrt-', 'glptt-', 'glcbt-', 'gldt-'],
    parts: [run(LETTERS_AND_DOT, 27, 320)],
    check: routable,
    samples: {
      hits: () => [routableSample()],
      misses: () => [`${routableSample().slice(0, -1)}!`, `glpat-${'a.b'.repeat(12)}`],
    },
  }),
];

/** `<payload>.<version><length><crc32>`: two digits each in base 36 around a dot, then seven of checksum. */
function routable(token: string): Judgement | undefined {
  if (!/^gl[a-z]+-(?:t\d_)?[0-9A-Za-z_-]{27,300}\.[0-9a-z]{2}\.[0-9a-z]{2}[0-9a-z]{7}$/.test(token)) return undefined;
  if (crc32Base36(token.slice(0, -7), 7) === token.slice(-7)) return { verdict: 'proven', proof: 'crc32' };
  return { verdict: 'contextual', proof: 'shape holds, checksum does not' };
}

function routableSample(): string {
  const head = `glpat-${sampleOf([run(BASE62, 30)], 'gitlab')}.01.${sampleOf([run(LOWER_ALNUM, 2)], 'gitlab')}`;
  return `${head}${crc32Base36(head, 7)}`;
}
