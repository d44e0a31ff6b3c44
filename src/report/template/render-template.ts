import type { TextSink } from '../format.ts';
import { escapeHtml } from '../html/markup.ts';
import { printable } from '../printable.ts';
import type { TemplatePart } from './parse-template.ts';

/**
 * Writes the parts with values of `context`. Names are looked up from the innermost section outwards and only among an
 * object's own fields. `{{name}}` is made safe for HTML, `{{{name}}}` is only freed of control characters.
 */
export function renderTemplate(parts: readonly TemplatePart[], context: unknown, sink: TextSink): void {
  render(parts, [context], sink);
}

function render(parts: readonly TemplatePart[], scopes: readonly unknown[], sink: TextSink): void {
  for (const part of parts) {
    if (part.kind === 'text') sink.write(part.text);
    else if (part.kind === 'value')
      sink.write(
        part.raw
          ? printable(textOf(lookUp(part.name, scopes)))
          : escapeHtml(printable(textOf(lookUp(part.name, scopes)))),
      );
    else renderSection(part, scopes, sink);
  }
}

function renderSection(
  part: Extract<TemplatePart, { kind: 'section' }>,
  scopes: readonly unknown[],
  sink: TextSink,
): void {
  const value = lookUp(part.name, scopes);
  const empty =
    value === undefined ||
    value === null ||
    value === false ||
    value === '' ||
    (Array.isArray(value) && value.length === 0);
  if (part.inverted) {
    if (empty) render(part.parts, scopes, sink);
    return;
  }
  if (empty) return;
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  for (const item of items) render(part.parts, [...scopes, item], sink);
}

function lookUp(name: string, scopes: readonly unknown[]): unknown {
  if (name === '.') return scopes.at(-1);
  const [first = '', ...rest] = name.split('.');
  const holder = scopes.findLast((scope) => ownField(scope, first) !== undefined);
  return rest.reduce(ownField, ownField(holder, first));
}

function ownField(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return new Map<string, unknown>(Object.entries(value)).get(name);
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
