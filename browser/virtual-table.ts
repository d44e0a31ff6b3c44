import { element } from './dom.ts';

/** One column: its heading, what a cell shows, what it is sorted by. */
export interface Column<T> {
  readonly title: string;
  readonly className: string;
  readonly cell: (row: T) => Node | string;
  readonly sortKey: (row: T) => string | number;
}

interface TableOptions<T> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly empty: string;
  readonly open?: (row: T) => void;
}

/** Height of a row; the style sheet has the same number. */
const ROW = 38;
const OVERSCAN = 12;
/** Rows put into the page for printing: what printers and browsers bear. */
const PRINTED = 2000;

/**
 * A table that keeps only the rows in view in the page. It stays a real table: rows carry their position in
 * `aria-rowindex`, arrow keys move between them, Enter opens one.
 */
export class VirtualTable<T> {
  readonly root: HTMLElement;
  readonly #options: TableOptions<T>;
  readonly #table: HTMLElement;
  readonly #head = element('tr');
  readonly #body = element('tbody');
  #given: readonly T[] = [];
  #rows: readonly T[] = [];
  #sorted = -1;
  #descending = false;
  #active = 0;
  #expanded = false;

  constructor(options: TableOptions<T>) {
    this.#options = options;
    this.#table = element('table', { 'aria-label': options.label }, element('thead', {}, this.#head), this.#body);
    this.root = element(
      'div',
      { class: 'table', role: 'region', 'aria-label': options.label, tabindex: 0 },
      this.#table,
    );
    for (const [index, column] of options.columns.entries()) this.#head.append(this.#heading(column, index));
    this.root.addEventListener('scroll', () => requestAnimationFrame(() => this.#render()), { passive: true });
    this.#body.addEventListener('click', (event) => this.#openAt(event.target));
    this.#body.addEventListener('keydown', (event) => this.#press(event));
  }

  show(rows: readonly T[]): void {
    this.#given = rows;
    this.#arrange();
  }

  /** Puts the rows into the page for printing; `false` goes back. */
  expand(all: boolean): void {
    this.#expanded = all;
    this.#render();
  }

  #heading(column: Column<T>, index: number): HTMLElement {
    const button = element('button', { type: 'button' }, column.title);
    button.addEventListener('click', () => {
      this.#descending = this.#sorted === index && !this.#descending;
      this.#sorted = index;
      this.#arrange();
    });
    return element('th', { scope: 'col', class: column.className, 'aria-sort': 'none' }, button);
  }

  #arrange(): void {
    const column = this.#options.columns[this.#sorted];
    const direction = this.#descending ? -1 : 1;
    this.#rows =
      column === undefined
        ? this.#given
        : [...this.#given].sort((left, right) => direction * compare(column.sortKey(left), column.sortKey(right)));
    for (const [index, cell] of [...this.#head.children].entries()) {
      const order = this.#descending ? 'descending' : 'ascending';
      cell.setAttribute('aria-sort', index === this.#sorted ? order : 'none');
    }
    this.#active = 0;
    this.root.scrollTop = 0;
    this.#render();
  }

  #render(): void {
    const { length } = this.#rows;
    const shown = Math.ceil((this.root.clientHeight || 600) / ROW) + 2 * OVERSCAN;
    const top = Math.floor(this.root.scrollTop / ROW) - OVERSCAN;
    const first = this.#expanded ? 0 : Math.max(0, Math.min(top, length - shown));
    const last = Math.min(length, this.#expanded ? PRINTED : first + shown);
    this.#table.setAttribute('aria-rowcount', String(length + 1));
    const hadFocus = this.#body.contains(document.activeElement);
    const made = this.#rows.slice(first, last).map((row, offset) => this.#row(row, first + offset));
    const columns = this.#options.columns.length;
    if (length > 0) this.#body.replaceChildren(this.#spacer(first), ...made, this.#spacer(length - last));
    else
      this.#body.replaceChildren(
        element('tr', {}, element('td', { colspan: columns, class: 'empty' }, this.#options.empty)),
      );
    if (hadFocus) this.#focusActive();
  }

  #spacer(count: number): HTMLElement {
    const cell = element('td', { colspan: this.#options.columns.length });
    cell.style.height = `${this.#expanded ? 0 : count * ROW}px`;
    return element('tr', { class: 'spacer', 'aria-hidden': 'true' }, cell);
  }

  #row(row: T, index: number): HTMLElement {
    const made = element('tr', {
      'aria-rowindex': index + 2,
      tabindex: index === this.#active ? 0 : -1,
      'data-index': index,
      class: this.#options.open === undefined ? '' : 'opens',
    });
    for (const column of this.#options.columns)
      made.append(element('td', { class: column.className }, column.cell(row)));
    return made;
  }

  #focusActive(): void {
    this.#body.querySelector<HTMLElement>(`tr[data-index="${this.#active}"]`)?.focus({ preventScroll: true });
  }

  #openAt(target: EventTarget | null): void {
    const row = target instanceof Element ? target.closest('tr[data-index]') : null;
    const index = Number(row?.getAttribute('data-index') ?? -1);
    const item = this.#rows[index];
    if (item === undefined) return;
    this.#active = index;
    this.#options.open?.(item);
  }

  #press(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(this.root.clientHeight / ROW) - 2);
    const { length } = this.#rows;
    const steps = new Map([
      ['ArrowDown', 1],
      ['ArrowUp', -1],
      ['PageDown', page],
      ['PageUp', -page],
      ['Home', -length],
      ['End', length],
    ]);
    const step = steps.get(event.key);
    if (step !== undefined) this.#moveTo(Math.min(length - 1, Math.max(0, this.#active + step)));
    else if (event.key === 'Enter' || event.key === ' ') this.#openAt(event.target);
    else return;
    event.preventDefault();
  }

  /** Scrolls so that the row stands between the sticky heading and the lower border. */
  #moveTo(index: number): void {
    this.#active = index;
    const room = this.root.clientHeight - 2 * ROW;
    if (index * ROW < this.root.scrollTop) this.root.scrollTop = index * ROW;
    else if (index * ROW > this.root.scrollTop + room) this.root.scrollTop = index * ROW - room;
    this.#render();
    this.#focusActive();
  }
}

function compare(left: string | number, right: string | number): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return String(left) < String(right) ? -1 : String(left) > String(right) ? 1 : 0;
}
