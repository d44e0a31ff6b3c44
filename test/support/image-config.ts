import type { ImageConfig } from '../../src/model/image.ts';

/** A configuration that says nothing but its platform, with some fields replaced. */
export function emptyConfig(fields: Partial<ImageConfig> = {}): ImageConfig {
  return {
    platform: { os: 'linux', architecture: 'amd64' },
    exposedPorts: [],
    env: [],
    labels: {},
    entrypoint: [],
    cmd: [],
    shell: [],
    volumes: [],
    onBuild: [],
    diffIds: [],
    history: [],
    ...fields,
  };
}
