// Tables that sort by a click on a column's head, and filter by name. Without a click they stay in the report's order.
import { el } from './dom';
import * as link from './link';

interface Row { line: HTMLTableRowElement; name: string; values: (number | null)[]; more: boolean }

export function enhanceTables(): void {
  const tables = [...document.querySelectorAll<HTMLTableElement>('table.figures')];
  tables.forEach((table, number) => enhance(table, tables.length > 1 ? String(number + 1) : ''));
}

function enhance(table: HTMLTableElement, suffix: string): void {
  const body = table.tBodies[0];
  const rows = [...body.rows].map((line): Row => ({
    line,
    name: (line.cells[0].textContent ?? '').toLowerCase(),
    values: [...line.cells].map((cell) => (cell.dataset.v ? Number(cell.dataset.v) : null)),
    more: line.classList.contains('more'),
  }));
  const find = el('input', { type: 'search', id: `find${suffix}`, placeholder: 'latency, cost, lost ...', value: link.get(`find${suffix}`) ?? '' });
  const all = el('input', { type: 'checkbox', id: `all${suffix}` });
  all.checked = link.get(`all${suffix}`) === '1';
  const shown = el('span', { class: 'note', 'aria-live': 'polite' });
  const filter = (): void => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    let many = 0;
    for (const row of rows) {
      const fits = words.every((w) => row.name.includes(w)) && (all.checked || !row.more || words.length > 0);
      row.line.hidden = !fits;
      many += fits ? 1 : 0;
    }
    shown.textContent = `${many} of ${rows.length} figures`;
    link.set(`find${suffix}`, find.value);
    link.set(`all${suffix}`, all.checked ? '1' : null);
  };
  find.addEventListener('input', filter);
  all.addEventListener('change', filter);
  const tools = el('div', { class: 'tools' }, el('label', { for: find.id }, 'Find a figure '), find,
    el('label', {}, all, ' all, not only the main ones'), shown);
  table.closest('.scroll')!.before(tools);

  const heads = [...table.tHead!.rows[0].cells];
  const sort = (column: number, direction: number): void => {
    const key = (r: Row): number | null => r.values[column];
    const sorted = [...rows].sort((a, b) => {
      if (column === 0) return direction * a.name.localeCompare(b.name);
      const x = key(a), y = key(b);
      if (x === null || y === null) return (x === null ? 1 : 0) - (y === null ? 1 : 0); // nothing to sort by: last
      return direction * (x - y);
    });
    body.append(...(direction === 0 ? rows : sorted).map((r) => r.line));
    heads.forEach((head, i) => head.setAttribute('aria-sort', i !== column || direction === 0 ? 'none' : direction > 0 ? 'ascending' : 'descending'));
    link.set(`sort${suffix}`, direction === 0 ? null : `${column}${direction > 0 ? 'up' : 'down'}`);
  };
  heads.forEach((head, column) => {
    const button = el('button', { type: 'button', class: 'sort' });
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const now = head.getAttribute('aria-sort');
      sort(column, now === 'ascending' ? -1 : now === 'descending' ? 0 : 1);
    });
  });
  const kept = /^(\d+)(up|down)$/.exec(link.get(`sort${suffix}`) ?? '');
  if (kept && Number(kept[1]) < heads.length) sort(Number(kept[1]), kept[2] === 'up' ? 1 : -1);
  filter();
}
