import { PlimsollError } from '../../errors.ts';

/** One part of a template: text as it is, a value, or a part repeated for every item of a list (or shown if there is none). */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly name: string; readonly raw: boolean }
  | {
      readonly kind: 'section';
      readonly name: string;
      readonly inverted: boolean;
      readonly parts: readonly TemplatePart[];
    };

/** Sections within sections. */
const MAX_DEPTH = 20;

interface OpenSection {
  readonly name: string;
  readonly inverted: boolean;
  readonly parts: TemplatePart[];
}

/**
 * Reads a Mustache template (https://mustache.github.io/mustache.5.html) without partials, lambdas and delimiters of
 * its own: `{{name}}`, `{{{name}}}`, `{{#list}}…{{/list}}`, `{{^list}}…{{/list}}`, `{{! comment }}`.
 * Throws PLM_TEMPLATE_INVALID with the line.
 */
export function parseTemplate(text: string): readonly TemplatePart[] {
  const root: OpenSection = { name: '', inverted: false, parts: [] };
  const open: OpenSection[] = [root];
  let at = 0;
  for (let start = text.indexOf('{{'); start >= 0; start = text.indexOf('{{', at)) {
    top(open).parts.push({ kind: 'text', text: text.slice(at, start) });
    const raw = text.startsWith('{{{', start);
    const end = text.indexOf(raw ? '}}}' : '}}', start);
    if (end < 0) throw invalid('a tag is not closed', text, start);
    const tag = text.slice(start + (raw ? 3 : 2), end).trim();
    readTag({ tag, raw, line: () => lineOf(text, start) }, open);
    at = end + (raw ? 3 : 2);
  }
  if (open.length > 1) throw invalid(`the section "${top(open).name}" is not closed`, text, text.length);
  root.parts.push({ kind: 'text', text: text.slice(at) });
  return root.parts;
}

interface Tag {
  readonly tag: string;
  /** Three braces: the value as it is. */
  readonly raw: boolean;
  /** Where it stands, counted only for a fault. */
  readonly line: () => number;
}

function readTag({ tag, raw, line }: Tag, open: OpenSection[]): void {
  const sign = raw ? '' : tag.charAt(0);
  const name = '#^/!&'.includes(sign) && sign !== '' ? tag.slice(1).trim() : tag;
  if (sign === '!') return;
  if (!/^(?:\.|[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*)$/.test(name)) throw invalidAt(`"${name}" is no name`, line());
  if (sign === '#' || sign === '^') {
    if (open.length > MAX_DEPTH) throw invalidAt('too many sections within sections', line());
    open.push({ name, inverted: sign === '^', parts: [] });
  } else if (sign === '/') {
    const section = open.length > 1 ? open.pop() : undefined;
    if (section?.name !== name) throw invalidAt(`"${name}" ends no open section`, line());
    top(open).parts.push({ kind: 'section', ...section });
  } else {
    top(open).parts.push({ kind: 'value', name, raw: raw || sign === '&' });
  }
}

function top(open: readonly OpenSection[]): OpenSection {
  const section = open.at(-1);
  if (section === undefined) throw new Error('no section is open');
  return section;
}

function lineOf(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}

function invalid(reason: string, text: string, at: number): PlimsollError {
  return invalidAt(reason, lineOf(text, at));
}

function invalidAt(reason: string, line: number): PlimsollError {
  return new PlimsollError('PLM_TEMPLATE_INVALID', `line ${line} of the template: ${reason}`);
}
