// The block tree: time runs to the right, the main chain is straight, forks are lanes below it. Runs of blocks without a fork are
// drawn as one bar that opens by a click. Seen from a node, blocks that it never had are hollow, and its own chain is the straight one.
import { decode, held, tip, type Recording, type RunData } from './data';
import { asDot, holdersOf } from './tree_export';
import { chainTo, lay, type Item } from './tree_layout';
import { colour, css, el, save, svg } from './dom';
import * as link from './link';
import { regionName } from './places';
import { clock, count, seconds } from './words';

const columnWidth = 46, laneHeight = 46, size = 26, top = 34, left = 30;

class TreeView {
  private readonly recording: Recording;
  private readonly groups: number[];
  private chain: Set<number>;
  private node = -1;
  private known = new Map<number, number>(); // block -> when the chosen node had it
  private readonly open = new Set<number>();
  private chosen = -1;
  private items: Item[] = [];
  private lanes = 1;
  private columns = 0;
  private readonly host = el('div', { class: 'scroll tree', tabindex: 0, role: 'application', 'aria-label': 'Block tree. Arrow keys go from block to block.' });
  private readonly details = el('div', { class: 'details', 'aria-live': 'polite' }, el('p', { class: 'note' }, 'Choose a block.'));
  private picture: SVGSVGElement = svg('svg');
  private drawn = '';

  constructor(private readonly run: RunData, private readonly key: string) {
    this.recording = decode(run);
    this.chain = new Set(this.recording.steps.flatMap((s, i) => (s.main ? [i] : [])));
    this.groups = [...new Set(this.recording.steps.map((s) => this.groupOf(s.maker)))].filter((g) => g >= 0).sort((x, y) => x - y);
    this.host.addEventListener('scroll', () => this.paint());
    this.host.addEventListener('keydown', (e) => this.keys(e));
    new ResizeObserver(() => this.paint()).observe(this.host);
  }

  element(): HTMLElement {
    const r = this.recording;
    const stale = r.steps.filter((s) => !s.main).length;
    const tools = el('div', { class: 'tools' });
    if (r.shown.length > 0) {
      const field = el('input', { type: 'number', min: 0, max: r.nodes - 1, placeholder: 'all', id: `node-${this.key}` });
      const look = (): void => {
        const wanted = field.value === '' ? -1 : Number(field.value);
        this.from(wanted);
        link.set(`node-${this.key}`, field.value);
      };
      field.addEventListener('change', look);
      tools.append(el('label', { for: field.id }, 'As seen from node '), field);
      const kept = link.get(`node-${this.key}`);
      if (kept !== null) { field.value = kept; this.from(Number(kept), false); }
    }
    tools.append(
      el('button', { type: 'button', click: () => { this.lay(); for (const i of this.items) if (i.blocks.length > 1) this.open.add(i.first); this.show(); } }, 'Open all'),
      el('button', { type: 'button', click: () => { this.open.clear(); this.show(); } }, 'Close all'),
      el('button', { type: 'button', click: () => save(`tree-${this.run.system}.svg`, 'image/svg+xml', this.asSvg()) }, 'Save SVG'),
      el('button', { type: 'button', click: () => save(`tree-${this.run.system}.dot`, 'text/vnd.graphviz', asDot(this.recording)) }, 'Save DOT'));
    const what = r.steps.some((s) => s.entry) ? 'log entries' : 'blocks';
    const left = r.leftOut.steps > 0 ? ` The first ${count(r.steps.length)} are shown, ${count(r.leftOut.steps)} more are not.` : '';
    const apart = this.run.too_large ? ' Who had what when would make this page too large: it is in the folder `replays` of the result.' : '';
    const sampled = r.every > 1 ? ` One node in ${r.every} was recorded.` : '';
    const legend = el('p', { class: 'legend' });
    const made = r.steps.some((s) => s.entry) ? 'written' : 'mined';
    this.groups.forEach((g, i) => legend.append(el('span', {}, swatch(i), g === 0 ? ` ${made} by an attacker` : ` ${made} in ${regionName(r.raw!.regions[g - 1])}`)));
    this.show();
    return el('div', { class: 'treeview' },
      el('p', { class: 'note' }, `${count(r.steps.length)} ${what}, ${count(stale)} of them not in the main chain; first run of ${this.run.system}, seed ${this.run.seed}.${left}${sampled}${apart}`),
      tools, legend, this.host, this.details);
  }

  /** Miners by region, attackers apart; without a recording all are of one group. */
  private groupOf(node: number): number {
    const raw = this.recording.raw;
    const place = this.recording.place.get(node);
    if (!raw || place === undefined) return -1;
    return raw.attacker[place] ? 0 : raw.region[place] + 1;
  }
  private fill(block: number): string {
    return colour(Math.max(0, this.groups.indexOf(this.groupOf(this.recording.steps[block].maker))));
  }

  private from(node: number, draw = true): void {
    const r = this.recording;
    const place = r.place.get(node);
    this.known.clear();
    this.node = place === undefined ? -1 : node;
    if (place === undefined) {
      this.chain = new Set(r.steps.flatMap((s, i) => (s.main ? [i] : [])));
      if (node >= 0) this.details.replaceChildren(el('p', { class: 'note' }, `Node ${node} was not recorded.`));
    } else {
      for (let i = 0; i < r.at.length; i++) {
        if (r.who[i] === place && (r.what[i] === held || r.what[i] === tip) && !this.known.has(r.step[i])) this.known.set(r.step[i], r.at[i]);
      }
      for (let s = r.lastTip[place]; s >= 0 && r.steps[s].entry; s = r.steps[s].parent) if (!this.known.has(s)) this.known.set(s, NaN);
      this.chain = chainTo(r, r.lastTip[place]);
    }
    if (draw) this.show();
  }

  private lay(): void {
    const laid = lay(this.recording, this.chain, this.open);
    this.items = laid.items;
    this.lanes = laid.lanes;
    this.columns = laid.columns;
  }

  private show(): void {
    this.lay();
    const width = left * 2 + this.columns * columnWidth, height = top + this.lanes * laneHeight + 14;
    this.picture = svg('svg', { width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' });
    this.host.replaceChildren(this.picture);
    this.drawn = '';
    this.paint();
  }

  private x(item: Item): number { return left + item.column * columnWidth + columnWidth / 2; }
  private y(item: Item): number { return top + item.lane * laneHeight + laneHeight / 2; }

  /** Only what can be seen is in the document, so that ten thousand blocks scroll as lightly as ten. */
  private paint(): void {
    const from = Math.floor((this.host.scrollLeft - 400 - left) / columnWidth);
    const to = Math.ceil((this.host.scrollLeft + Math.max(this.host.clientWidth, 600) + 400 - left) / columnWidth);
    const window = `${Math.floor(from / 8)}:${Math.ceil(to / 8)}:${this.chosen}`;
    if (window === this.drawn) return;
    this.drawn = window;
    this.picture.replaceChildren(...this.shapes(this.items.filter((i) => i.column >= from && i.column <= to)));
  }

  private shapes(items: Item[]): SVGElement[] {
    const ink = css('--ink'), faint = css('--faint'), ground = css('--ground');
    const edges: SVGElement[] = [], boxes: SVGElement[] = [];
    let lastLabel = -2;
    for (const item of items) {
      const x = this.x(item), y = this.y(item);
      if (item.parent) {
        const px = this.x(item.parent), py = this.y(item.parent);
        const bend = py === y ? `M${px} ${py}H${x}` : `M${px} ${py}C${px + 24} ${py} ${x - 30} ${y} ${x - size / 2} ${y}`;
        edges.push(svg('path', { d: bend, fill: 'none', stroke: faint, 'stroke-width': this.chain.has(item.first) ? 3 : 2 }));
      }
      const lacks = this.node >= 0 && !item.blocks.some((b) => this.known.has(b));
      const run = item.blocks.length > 1;
      const width = run ? Math.min(columnWidth - 4, Math.max(size, 10 + 7.5 * String(item.blocks.length).length)) : size;
      const box = svg('g', { class: 'block', 'data-block': item.first, click: () => this.choose(item) },
        svg('rect', { x: x - width / 2, y: y - (run ? 10 : size / 2), width, height: run ? 20 : size, rx: run ? 10 : 5,
          fill: lacks ? ground : run ? faint : this.fill(item.first), stroke: this.chosen === item.first ? ink : lacks ? faint : 'none',
          'stroke-width': this.chosen === item.first ? 4 : 2, 'stroke-dasharray': lacks && this.chosen !== item.first ? '4 3' : 'none' }));
      if (run) box.append(svg('text', { x, y: y + 4, 'text-anchor': 'middle', 'font-size': 11, 'font-weight': 'bold', fill: ground }, `${item.blocks.length}`));
      boxes.push(box);
      if (item.lane === 0 && item.column > lastLabel) {
        boxes.push(svg('text', { x, y: 20, 'text-anchor': 'middle', 'font-size': 12, fill: faint }, `${this.recording.steps[item.first].height}`));
        lastLabel = item.column;
      }
    }
    return [...edges, ...boxes];
  }

  private choose(item: Item): void {
    if (item.blocks.length > 1) {
      this.open.add(item.first);
      this.show();
      return;
    }
    this.chosen = item.first;
    this.paint();
    this.tell(item.first);
  }

  private tell(block: number): void {
    const r = this.recording, s = r.steps[block];
    const place = r.place.get(s.maker);
    const where = r.raw && place !== undefined ? `, ${regionName(r.raw.regions[r.raw.region[place]])}${r.raw.attacker[place] ? ', an attacker' : ''}` : '';
    const lines: [string, string][] = [
      [s.entry ? 'entry' : 'block', `${s.id} at ${s.entry ? 'place' : 'height'} ${s.height}`],
      [s.entry ? 'written' : 'mined', `at ${clock(s.made)} by node ${s.maker}${where}`],
      ['in the main chain', s.main ? 'yes' : 'no: it went stale'],
    ];
    if (s.bytes > 0) lines.push(['size', `${count(s.bytes)} bytes, ${count(s.transactions)} ${s.transactions === 1 ? 'transaction' : 'transactions'}`]);
    if (s.half !== null) lines.push(['half of the copies', `had it after ${seconds(s.half)}`]);
    if (s.most !== null) lines.push(['99 % of the copies', `had it after ${seconds(s.most)}`]);
    if (this.node >= 0) {
      const when = this.known.get(block);
      lines.push([`node ${this.node}`, when === undefined ? 'never had it' : Number.isNaN(when) ? 'had it with a later one' : `had it after ${seconds(when - s.made)}, at ${clock(when)}`]);
    }
    this.details.replaceChildren(el('dl', {}, ...lines.map(([name, text]) => el('div', {}, el('dt', {}, name), el('dd', {}, text)))), ...this.holders(block));
  }

  /** Who has it when, by rising time. */
  private holders(block: number): HTMLElement[] {
    const r = this.recording, s = r.steps[block], raw = r.raw;
    const had = holdersOf(r, block);
    if (!raw || had.length === 0) return [];
    const most = 200;
    const rows = had.slice(0, most).map(([place, at]) => el('tr', {}, el('td', {}, `node ${r.shown[place]}`), el('td', {}, regionName(raw.regions[raw.region[place]] ?? '')),
      el('td', {}, at === s.made && r.shown[place] === s.maker ? 'made it' : seconds(at - s.made)), el('td', {}, clock(at))));
    const head = el('tr', {}, ...['node', 'region', 'after', 'at'].map((text) => el('th', { scope: 'col' }, text)));
    return [el('details', {}, el('summary', {}, `Who has it when: ${count(had.length)} of ${count(r.shown.length)} nodes`),
      el('div', { class: 'scroll holders', tabindex: 0, role: 'region', 'aria-label': 'Who has the block when' }, el('table', {}, el('thead', {}, head), el('tbody', {}, ...rows))),
      ...(had.length > most ? [el('p', { class: 'note' }, `The first ${most} are shown.`)] : []))];
  }

  private keys(e: KeyboardEvent): void {
    const move = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[e.key];
    if (!move && e.key !== 'Enter') return;
    e.preventDefault();
    const now = this.items.find((i) => i.first === this.chosen) ?? this.items[0];
    if (!now) return;
    if (e.key === 'Enter' || !move) { this.choose(now); return; }
    const far = (i: Item): number => Math.abs(i.column - now.column - move[0]) * 10 + Math.abs(i.lane - now.lane - move[1]) * (move[1] ? 1 : 20);
    const there = this.items.filter((i) => (move[0] ? Math.sign(i.column - now.column) === move[0] : Math.sign(i.lane - now.lane) === move[1]));
    const next = there.reduce<Item | null>((best, i) => (best === null || far(i) < far(best) ? i : best), null);
    if (!next) return;
    this.chosen = next.first;
    if (next.blocks.length === 1) this.tell(next.first);
    this.host.scrollLeft = Math.max(0, this.x(next) - this.host.clientWidth / 2);
    this.drawn = '';
    this.paint();
  }

  private asSvg(): string {
    const copy = this.picture.cloneNode(false) as SVGSVGElement;
    copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
    copy.append(svg('rect', { width: '100%', height: '100%', fill: css('--ground') }), ...this.shapes(this.items));
    return new XMLSerializer().serializeToString(copy);
  }
}

function swatch(i: number): SVGSVGElement {
  return svg('svg', { width: 14, height: 14, viewBox: '0 0 14 14', 'aria-hidden': 'true' }, svg('rect', { width: 14, height: 14, rx: 3, fill: colour(i) }));
}

export function treeSection(runs: RunData[]): HTMLElement | null {
  const withBlocks = runs.filter((r) => (r.recording?.steps.length ?? r.blocks?.length ?? 0) > 1);
  if (withBlocks.length === 0) return null;
  const body = el('div');
  const choose = el('select', { id: 'tree-of' });
  withBlocks.forEach((r, i) => choose.append(el('option', { value: i }, `${r.system}${r.part ? `, ${r.part}` : ''}`)));
  const show = (): void => { body.replaceChildren(new TreeView(withBlocks[Number(choose.value)], choose.value).element()); link.set('tree', choose.value === '0' ? null : choose.value); };
  choose.addEventListener('change', show);
  const kept = Number(link.get('tree') ?? 0);
  if (kept > 0 && kept < withBlocks.length) choose.value = String(kept);
  const section = el('section', { id: 'tree' }, el('h2', {}, 'Block tree'),
    ...(withBlocks.length > 1 ? [el('div', { class: 'tools' }, el('label', { for: 'tree-of' }, 'Of '), choose)] : []), body);
  queueMicrotask(show);
  return section;
}
