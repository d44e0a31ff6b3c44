import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { isRecord, listField, textField } from '../../bytes/json.ts';

/** An element of an XML document; `text` is the text directly inside it. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlNode[];
  readonly text: string;
}

/** Elements within elements; a component tree of a real SBOM stays below ten. */
const MAX_DEPTH = 64;

/**
 * The root element of a document, namespaces prefixes removed; undefined where it is not well-formed, has a document
 * type (entities of one's own are how XML readers are attacked), or nests too deep.
 */
export function parseXml(text: string): XmlNode | undefined {
  if (/<!DOCTYPE/i.test(text) || XMLValidator.validate(text) !== true) return undefined;
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    trimValues: false,
    parseTagValue: false,
    parseAttributeValue: false,
    processEntities: true,
    htmlEntities: true,
    ignoreDeclaration: true,
    ignorePiTags: true,
    removeNSPrefix: true,
    maxNestedTags: MAX_DEPTH,
  });
  let parsed: unknown;
  try {
    parsed = parser.parse(text);
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
  return Array.isArray(parsed) ? parsed.flatMap(nodeOf)[0] : undefined;
}

/** The parser's form: one object for each child, named by its only key besides `:@`. */
function nodeOf(item: unknown): readonly XmlNode[] {
  if (!isRecord(item)) return [];
  const name = Object.keys(item).find((key) => key !== ':@' && key !== '#text');
  if (name === undefined) return [];
  const content = listField(item, name);
  return [
    {
      name,
      attributes: attributesOf(item[':@']),
      children: content.flatMap(nodeOf),
      text: content.map(textOf).join(''),
    },
  ];
}

function attributesOf(value: unknown): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  if (!isRecord(value)) return attributes;
  for (const [name, text] of Object.entries(value)) if (typeof text === 'string') attributes.set(name, text);
  return attributes;
}

function textOf(item: unknown): string {
  return isRecord(item) ? (textField(item, '#text') ?? '') : '';
}

/** The first child of a name. */
export function childOf(node: XmlNode | undefined, name: string): XmlNode | undefined {
  return node?.children.find((child) => child.name === name);
}

/** The children of a list element: `<hashes><hash/>…</hashes>`. */
export function listOf(node: XmlNode | undefined, name: string): readonly XmlNode[] {
  return childOf(node, name)?.children ?? [];
}

/** The text of a child, or undefined where there is no such child. */
export function childText(node: XmlNode | undefined, name: string): string | undefined {
  return childOf(node, name)?.text;
}
