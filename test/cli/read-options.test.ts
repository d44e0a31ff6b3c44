import { expect, it } from 'vitest';
import { refuseSboms } from '../../src/cli/read-options.ts';

it.each([[['sbom:a.json']], [['image.tar', 'sbom:a.json']]])(
  '%j: an SBOM is refused as one, not as a missing file',
  (images) => {
    expect(() => refuseSboms({ _: images, $0: '' })).toThrow(
      expect.objectContaining({ code: 'PLM_USAGE', message: 'an SBOM has neither files nor layers to read' }),
    );
  },
);
