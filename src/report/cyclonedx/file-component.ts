import type { Analysis } from '../../model/analysis.ts';
import { type Fact, fact } from '../sbom/facts.ts';
import type { XmlElement } from '../xml.ts';

type ListedFile = NonNullable<Analysis['files']['all']>[number];

/**
 * A file of the final file system, written without the library's models: an image has hundreds of thousands, and
 * normalising them one by one takes longer than reading the image did.
 */
export function fileObject(file: ListedFile): object {
  return {
    type: 'file',
    name: file.path,
    'bom-ref': fileRef(file),
    ...(file.sha256 !== undefined && { hashes: [{ alg: 'SHA-256', content: file.sha256 }] }),
    properties: fileFacts(file).map(([name, value]) => ({ name, value })),
  };
}

/** The same as an XML element, children in the order of the schema. */
export function fileElement(file: ListedFile): XmlElement {
  const hashes: XmlElement[] =
    file.sha256 === undefined
      ? []
      : [{ name: 'hashes', children: [{ name: 'hash', attributes: { alg: 'SHA-256' }, children: file.sha256 }] }];
  const properties = fileFacts(file).map(
    ([name, children]): XmlElement => ({ name: 'property', attributes: { name }, children }),
  );
  return {
    name: 'component',
    attributes: { type: 'file', 'bom-ref': fileRef(file) },
    children: [{ name: 'name', children: file.path }, ...hashes, { name: 'properties', children: properties }],
  };
}

function fileRef(file: ListedFile): string {
  return `file:${file.path}`;
}

function fileFacts(file: ListedFile): readonly Fact[] {
  return [fact('layer', String(file.layer)), fact('size', String(file.size))];
}
