/** Markup that is already safe; made only by `html` and by constants of this folder. */
export interface Markup {
  readonly markup: string;
}

type Insert = string | number | Markup | undefined | readonly Insert[];

/** A template whose inserted texts are escaped; markup made by another `html` stays as it is. */
export function html(texts: TemplateStringsArray, ...inserts: readonly Insert[]): Markup {
  const parts = texts.map((text, index) => `${text}${render(inserts[index])}`);
  return { markup: parts.join('') };
}

/** Text of ours that is markup by intent: the page's own style and script. */
export function trusted(markup: string): Markup {
  return { markup };
}

function render(insert: Insert): string {
  if (insert === undefined) return '';
  if (typeof insert === 'string' || typeof insert === 'number') return escapeHtml(String(insert));
  return 'markup' in insert ? insert.markup : insert.map(render).join('');
}

/** Text as HTML text or as the value of an attribute, quoted or not. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`=]/g, (character) => `&#${character.charCodeAt(0)};`);
}
