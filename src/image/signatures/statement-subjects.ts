import { isRecord, type JsonRecord, listField, recordField } from '../../bytes/json.ts';
import { type Digest, parseDigest } from '../../model/digest.ts';

/** The digests an in-toto statement is about: https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md */
export function subjectsOf(statement: JsonRecord): readonly Digest[] {
  return listField(statement, 'subject')
    .filter(isRecord)
    .flatMap((subject) => {
      const digests = recordField(subject, 'digest');
      return ['sha256', 'sha512'].flatMap((algorithm) => {
        const digest = parseDigest(`${algorithm}:${digests?.[algorithm]}`);
        return digest === undefined ? [] : [digest];
      });
    });
}
