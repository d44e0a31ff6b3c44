import { element } from './dom.ts';

/** One column: its heading, what a cell shows, what it is sorted by. */
export interface Column<T> {
  readonly title: string;
  readonly className: string;
  readonly cell: (row: T) => Node | string;
  readonly sortKey: (row: T) => string | number;
}

export interface TableOptions<T> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly empty: string;
  readonly open?: (row: T) => void;
}

export interface VirtualTable<T> {
  readonly root: HTMLElement;
  show(rows: readonly T[]): void;
  /** Puts all rows into the page for printing, up to a bound that printers and browsers bear; `false` goes back. */
  expand(all: boolean): void;
}

/** Height of a row; the style sheet has the same number. */
const ROW = 38;
const OVERSCAN = 12;
const PRINTED = 2000;

/**
 * A table that keeps only the rows in view in the page. It stays a real table: rows carry their position in
 * `aria-rowindex`, arrow keys move between them, Enter opens one.
 */
export function virtualTable<T>(options: TableOptions<T>): VirtualTable<T> {
  const body = element('tbody');
  const head = element('tr');
  const table = element('table', { 'aria-label': options.label }, element('thead', {}, head), body);
  const root = element('div', { class: 'table', role: 'region', 'aria-label': options.label, tabindex: 0 }, table);
  let given: readonly T[] = [];
  let rows: readonly T[] = [];
  let sorted = -1;
  let descending = false;
  let active = 0;
  let expanded = false;

  options.columns.forEach((column, index) => {
    const button = element('button', { type: 'button' }, column.title);
    button.addEventListener('click', () => {
      descending = sorted === index ? !descending : false;
      sorted = index;
      arrange();
    });
    head.append(element('th', { scope: 'col', class: column.className, 'aria-sort': 'none' }, button));
  });

  function arrange(): void {
    const column = options.columns[sorted];
    const direction = descending ? -1 : 1;
    rows =
      column === undefined
        ? given
        : [...given].sort((left, right) => direction * compare(column.sortKey(left), column.sortKey(right)));
    [...head.children].forEach((cell, index) => {
      cell.setAttribute('aria-sort', index === sorted ? (descending ? 'descending' : 'ascending') : 'none');
    });
    active = 0;
    root.scrollTop = 0;
    render();
  }

  function render(): void {
    const shown = Math.ceil((root.clientHeight || 600) / ROW) + 2 * OVERSCAN;
    const first = expanded
      ? 0
      : Math.max(0, Math.min(Math.floor(root.scrollTop / ROW) - OVERSCAN, rows.length - shown));
    const last = expanded ? Math.min(rows.length, PRINTED) : Math.min(rows.length, first + shown);
    table.setAttribute('aria-rowcount', String(rows.length + 1));
    const hadFocus = body.contains(document.activeElement);
    const made = rows.slice(first, last).map((row, offset) => rowElement(row, first + offset));
    body.replaceChildren(spacer(first), ...made, spacer(rows.length - last));
    if (rows.length === 0) {
      body.replaceChildren(
        element('tr', {}, element('td', { colspan: options.columns.length, class: 'empty' }, options.empty)),
      );
    }
    if (hadFocus) focusActive();
  }

  function spacer(count: number): HTMLElement {
    const row = element('tr', { class: 'spacer', 'aria-hidden': 'true' });
    const cell = element('td', { colspan: options.columns.length });
    cell.style.height = `${expanded ? 0 : count * ROW}px`;
    row.append(cell);
    return row;
  }

  function rowElement(row: T, index: number): HTMLElement {
    const made = element('tr', {
      'aria-rowindex': index + 2,
      tabindex: index === active ? 0 : -1,
      'data-index': index,
      class: options.open === undefined ? '' : 'opens',
    });
    for (const column of options.columns) made.append(element('td', { class: column.className }, column.cell(row)));
    return made;
  }

  function focusActive(): void {
    const top = active * ROW;
    const headHeight = ROW;
    if (top < root.scrollTop) root.scrollTop = top;
    if (top + headHeight + ROW > root.scrollTop + root.clientHeight)
      root.scrollTop = top + headHeight + ROW - root.clientHeight;
    const row = body.querySelector<HTMLElement>(`tr[data-index="${active}"]`);
    row?.focus({ preventScroll: true });
  }

  function openAt(target: EventTarget | null): void {
    const row = target instanceof Element ? target.closest('tr[data-index]') : null;
    const item = row === null ? undefined : rows[Number(row.getAttribute('data-index'))];
    if (item === undefined) return;
    active = Number(row?.getAttribute('data-index'));
    options.open?.(item);
  }

  root.addEventListener('scroll', () => requestAnimationFrame(render), { passive: true });
  body.addEventListener('click', (event) => openAt(event.target));
  body.addEventListener('keydown', (event) => {
    const page = Math.max(1, Math.floor(root.clientHeight / ROW) - 2);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -rows.length,
      End: rows.length,
    };
    const step = steps[event.key];
    if (event.key === 'Enter' || event.key === ' ') openAt(event.target);
    else if (step === undefined) return;
    else {
      active = Math.min(rows.length - 1, Math.max(0, active + step));
      const room = root.clientHeight - 2 * ROW;
      if (active * ROW < root.scrollTop) root.scrollTop = active * ROW;
      else if (active * ROW > root.scrollTop + room) root.scrollTop = active * ROW - room;
      render();
      focusActive();
    }
    event.preventDefault();
  });

  return {
    root,
    show: (next) => {
      given = next;
      arrange();
    },
    expand: (all) => {
      expanded = all;
      render();
    },
  };
}

function compare(left: string | number, right: string | number): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return String(left) < String(right) ? -1 : String(left) > String(right) ? 1 : 0;
}
