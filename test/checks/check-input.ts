import type { CheckInput } from '../../src/checks/image-check.ts';
import type { ImageConfig } from '../../src/model/image.ts';
import { emptyConfig } from '../support/image-config.ts';

/** A configuration that every check accepts, with some fields replaced. */
export function imageConfig(fields: Partial<ImageConfig> = {}): ImageConfig {
  return emptyConfig({ user: 'app', healthcheck: ['CMD', '/bin/ok'], ...fields });
}

/** An input that every check accepts, with some fields replaced. */
export function checkInput(fields: Partial<CheckInput> = {}): CheckInput {
  return {
    config: imageConfig(),
    configMissing: false,
    files: { deleted: [], overwritten: [], setuid: [], capabilities: [], worldWritable: [] },
    secrets: [],
    packages: [],
    hasPath: () => false,
    facts: [],
    ...fields,
  };
}

/** History whose entries all made a layer. */
export function historyOf(...createdBy: readonly string[]): ImageConfig {
  return imageConfig({ history: createdBy.map((line) => ({ createdBy: line, emptyLayer: false })) });
}
