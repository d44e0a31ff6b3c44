import { describe, expect, it } from 'vitest';
import type { ImageConfig } from '../../src/model/image.ts';
import { redact } from '../../src/secrets/redact.ts';
import { scanConfig } from '../../src/secrets/scan-config.ts';
import { emptyConfig } from '../support/image-config.ts';

const token = ['glpat', 'q8Zm2xKd91Vb7Nw3Tc5H'].join('-');

function places(config: Partial<ImageConfig>, annotations = {}): string[] {
  return scanConfig({ config: emptyConfig(config), annotations }).secrets.map(
    ({ source, name, ruleId, suppressed }) =>
      `${source} ${name ?? '-'} ${ruleId}${suppressed === undefined ? '' : ` ${suppressed.reason}`}`,
  );
}

describe('scanConfig', () => {
  it.each([
    ['env', { env: [{ name: 'DEPLOY_TOKEN', value: token }] }, 'env DEPLOY_TOKEN gitlab-pat'],
    ['label', { labels: { 'com.intern.token': token } }, 'label com.intern.token gitlab-pat'],
    ['cmd', { cmd: ['run', `--token=${token}`] }, 'cmd - gitlab-pat'],
    ['entrypoint', { entrypoint: ['/bin/run', token] }, 'entrypoint - gitlab-pat'],
    ['healthcheck', { healthcheck: ['CMD-SHELL', `curl -H "PRIVATE-TOKEN: ${token}" x`] }, 'healthcheck - gitlab-pat'],
    ['onbuild', { onBuild: [`RUN login ${token}`] }, 'onbuild - gitlab-pat'],
    ['volume', { volumes: [`/x/${token}`] }, 'config Volumes gitlab-pat'],
    ['author', { author: token }, 'config Author gitlab-pat'],
    [
      'history',
      { history: [{ createdBy: `RUN |1 T=${token} /bin/sh -c "make"`, emptyLayer: false }] },
      'history 0 gitlab-pat',
    ],
    ['comment', { history: [{ comment: token, emptyLayer: true }] }, 'history 0 gitlab-pat'],
  ])('finds a token in %s', (_, config, expected) => {
    expect(places(config)).toEqual([expected]);
  });

  it('finds a token in an annotation of the manifest', () => {
    expect(places({}, { 'org.intern.note': token })).toEqual(['annotation org.intern.note gitlab-pat']);
  });

  it('takes a variable whose name says secret', () => {
    expect(places({ env: [{ name: 'DB_PASSWORD', value: 'q8Zm2xKd91' }] })).toEqual([
      'env DB_PASSWORD generic-password',
    ]);
  });

  it('is silent on references, files and switches', () => {
    const env = [
      { name: 'DB_PASSWORD_FILE', value: '/run/secrets/db' },
      { name: 'TOKEN', value: '${TOKEN}' },
      { name: 'PASSWORD_REQUIRED', value: 'true' },
      { name: 'PATH', value: '/usr/local/bin:/usr/bin' },
    ];
    expect(places({ env })).toEqual([]);
  });

  it('marks what history repeats', () => {
    const config = { env: [{ name: 'T', value: token }], history: [{ createdBy: `ENV T=${token}`, emptyLayer: true }] };
    expect(places(config)).toEqual(['env T gitlab-pat', 'history 0 gitlab-pat duplicate']);
  });

  it('says which string it could not look at as a whole', () => {
    const config = emptyConfig({
      env: [{ name: 'NOISE', value: 'glpat-'.repeat(2100) }],
      cmd: ['glpat-'.repeat(2100)],
    });
    const detail = '0 findings beyond those that are kept; 880 literals among too many to be judged';
    expect(scanConfig({ config })).toEqual({
      secrets: [],
      problems: [
        { code: 'PLM_SECRET_LIMIT', detail: `image env NOISE: ${detail}` },
        { code: 'PLM_SECRET_LIMIT', detail: `image cmd: ${detail}` },
      ],
    });
  });
});

describe('redact', () => {
  it('replaces secrets and keeps the rest', () => {
    expect(redact(`RUN deploy --token ${token} --to prod`)).toBe('RUN deploy --token *** --to prod');
  });

  it('replaces passwords given to names', () => {
    expect(redact('|1 DB_PASSWORD=q8Zm2xKd91 /bin/sh -c make')).toBe('|1 DB_PASSWORD=*** /bin/sh -c make');
  });

  it('replaces all of a text that could not be looked at as a whole', () => {
    expect(redact('glpat-'.repeat(2100))).toBe('***');
  });

  it('leaves plain text as it is, letters beyond ASCII included', () => {
    expect(redact('RUN echo "grüße, 世界" # token goes here')).toBe('RUN echo "grüße, 世界" # token goes here');
  });
});
