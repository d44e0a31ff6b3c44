/** Characters that XML 1.0 has no way to write (section 2.2), escaped or not. */
const NOT_XML =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text for element content or a quoted attribute; what XML cannot write becomes U+FFFD. */
export function xmlText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .replace(NOT_XML, '\ufffd')
    .replace(/[&<>"'\t\n\r\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, escapeCharacter);
}

/** Most texts: nothing to look at twice. */
const PLAIN = /^[ !#-%(-;=?-~]*$/;

const NAMED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Line breaks and format characters as references: parsers normalise the first, terminals obey the second. */
function escapeCharacter(character: string): string {
  return NAMED[character] ?? `&#${character.charCodeAt(0)};`;
}

/** An element as data: attributes in order, then text or child elements. Undefined attributes are left out. */
export interface XmlElement {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string | number | undefined>>;
  readonly children?: string | readonly XmlElement[];
}

/** The element as indented text with a final line break. */
export function renderXml({ name, attributes, children }: XmlElement, indent = ''): string {
  let text = `${indent}<${name}`;
  for (const attribute in attributes) {
    const value = attributes[attribute];
    if (value !== undefined) text += ` ${attribute}="${xmlText(String(value))}"`;
  }
  if (children === undefined || children.length === 0) return `${text}/>\n`;
  if (typeof children === 'string') return `${text}>${xmlText(children)}</${name}>\n`;
  text += '>\n';
  const inner = `${indent}  `;
  for (const child of children) text += renderXml(child, inner);
  return `${text}${indent}</${name}>\n`;
}
