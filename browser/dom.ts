/** Everything from the image enters the page as text nodes: nothing here parses markup. */

type Child = Node | string | undefined;

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | number | boolean>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, '');
    else if (value !== false) made.setAttribute(name, String(value));
  }
  for (const child of children) if (child !== undefined) made.append(child);
  return made;
}

export function section(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`no element ${id}`);
  return found;
}

export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return unit === 0 ? `${bytes} B` : `${value.toFixed(1)} ${units[unit]}`;
}

export function countText(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

export function badge(text: string, kind = text): HTMLElement {
  return element('span', { class: `badge ${kind}` }, text);
}

/** A link that tells the site it leads to nothing about this page. Only http(s) addresses reach the data. */
export function outwardLink(address: string): HTMLElement {
  return element('a', { href: address, rel: 'noopener noreferrer nofollow', target: '_blank' }, address);
}

export function definitions(rows: readonly (readonly [string, Child | readonly Child[]])[]): HTMLElement {
  const list = element('dl', { class: 'facts' });
  for (const [name, value] of rows) {
    const items = (Array.isArray(value) ? value : [value]).filter((item) => item !== undefined && item !== '');
    if (items.length === 0) continue;
    list.append(element('dt', {}, name), ...items.map((item) => element('dd', {}, item)));
  }
  return list;
}
