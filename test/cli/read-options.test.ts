import { expect, it } from 'vitest';
import { historyOptionsOf } from '../../src/cli/read-options.ts';

it.each([[['sbom:a.json']], [['image.tar', 'sbom:a.json']]])(
  '%j: an SBOM is refused as one, not as a missing file',
  (images) => {
    expect(() => historyOptionsOf({ _: images, $0: '' })).toThrow(
      expect.objectContaining({ code: 'PLM_USAGE', message: 'an SBOM has neither files nor layers to read' }),
    );
  },
);
