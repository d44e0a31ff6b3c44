import { isLicenceExpression, joinExpressions } from '../sbom/licence-expression.ts';
import { shortHash } from './spdx-ids.ts';

interface ExtractedLicence {
  readonly licenseId: string;
  readonly extractedText: string;
}

/** Collects declared texts that are no licence expression, each under its own `LicenseRef-`. */
export interface LicenceTexts {
  /** A valid expression for all licences of a package, or NOASSERTION where none is known. */
  expressionOf(licences: readonly string[]): string;
  /** The texts met so far, by id. */
  extracted(): readonly ExtractedLicence[];
}

export function createLicenceTexts(): LicenceTexts {
  const texts = new Map<string, string>();
  const refer = (text: string): string => {
    const id = `LicenseRef-${shortHash(text)}`;
    texts.set(id, text);
    return id;
  };
  return {
    expressionOf: (licences) => {
      const known = licences.filter((licence) => licence.trim() !== '');
      return known.length === 0
        ? 'NOASSERTION'
        : joinExpressions(known.map((text) => (isDefined(text) ? text : refer(text))));
    },
    extracted: () => [...texts].map(([licenseId, extractedText]) => ({ licenseId, extractedText })).sort(byId),
  };
}

/** An expression that needs no text beside it: a `LicenseRef-` of another document would. */
function isDefined(text: string): boolean {
  return !text.includes('Ref-') && isLicenceExpression(text);
}

function byId(left: ExtractedLicence, right: ExtractedLicence): number {
  return left.licenseId < right.licenseId ? -1 : 1;
}
