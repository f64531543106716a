// One system of the replay: its nodes on a canvas, at any instant.
import { decode, off, on, tip, type Recording, type RunData } from './data';
import { colour, css, el } from './dom';
import { land } from './land';
import { east, linksOf, north, ratio, south, spotsOf, west, type Spot, type View } from './layouts';
import { tipColours } from './tip_colours';
import { count } from './words';

/** The first place whose value is not below. */
function lowerBound(rising: Float64Array, value: number): number {
  let low = 0, high = rising.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Servers are squares, all others circles. */
function ring(path: Path2D, spot: Spot, x: number, y: number, size: number): void {
  if (spot.server) path.rect(x - size, y - size, 2 * size, 2 * size);
  else {
    path.moveTo(x + size, y);
    path.arc(x, y, size, 0, 7);
  }
}

export class Stage {
  readonly recording: Recording;
  readonly element: HTMLElement;
  private readonly canvas = el('canvas', { role: 'img' });
  private readonly says = el('p', { class: 'says' });
  private spots: Spot[] = [];
  private view: View = 'map';
  private ground: HTMLCanvasElement | null = null;
  private told = '';
  private stale = true; // something moved since it was painted
  private tips: Int32Array;
  private since: Float64Array; // when a node moved there
  private down: Uint8Array;
  private readonly colours: Uint8Array;
  private next = 0; // first event that has not come yet
  private now = -1;

  constructor(readonly run: RunData) {
    this.recording = decode(run);
    const nodes = this.recording.shown.length;
    this.tips = new Int32Array(nodes).fill(-1);
    this.since = new Float64Array(nodes).fill(-1e9);
    this.down = new Uint8Array(nodes);
    this.colours = tipColours(this.recording);
    const r = this.recording;
    const sampled = r.every > 1 ? ` (one in ${r.every} of ${count(r.nodes)} nodes is shown)` : '';
    const what = r.steps.some((s) => s.entry) ? 'entries' : 'blocks';
    const early = r.leftOut.steps > 0 ? ` (the first ${count(r.steps.length)} of ${count(r.steps.length + r.leftOut.steps)} ${what}; then the picture stands still)` : '';
    this.canvas.setAttribute('aria-label', `Nodes of ${run.system} and the blocks they stand on`);
    this.element = el('div', { class: 'scene' }, el('h3', {}, `${run.system}${run.part ? `, ${run.part}` : ''}`, el('small', {}, sampled, early)), this.canvas, this.says);
  }

  layout(view: View): void {
    this.view = view;
    this.spots = spotsOf(this.recording, view);
    this.ground = null;
    this.told = '';
  }

  /** Brings the picture to an instant; backwards means from the beginning. */
  seek(time: number): void {
    const r = this.recording;
    if (time < this.now) {
      this.stale = true;
      this.tips.fill(-1);
      this.since.fill(-1e9);
      this.down.fill(0);
      this.next = 0;
    }
    for (; this.next < r.at.length && r.at[this.next] <= time; this.next++) {
      const who = r.who[this.next], what = r.what[this.next];
      this.stale = true;
      if (what === tip) {
        this.tips[who] = r.step[this.next];
        this.since[who] = r.at[this.next];
      } else if (what === off || what === on) {
        this.down[who] = what === off ? 1 : 0;
      }
    }
    this.now = time;
  }

  paint(flash: number): void {
    const width = Math.max(200, this.element.clientWidth), height = Math.round(width * ratio);
    const dense = Math.min(2, devicePixelRatio || 1);
    if (this.canvas.width !== Math.round(width * dense)) {
      this.canvas.width = Math.round(width * dense);
      this.canvas.height = Math.round(height * dense);
      this.canvas.style.height = `${height}px`;
      this.ground = null;
    }
    if (this.ground && !this.stale && !this.recording.messages) return;
    const g = this.canvas.getContext('2d')!;
    this.ground ??= this.drawGround(width, height, dense);
    g.setTransform(1, 0, 0, 1, 0, 0);
    g.drawImage(this.ground, 0, 0);
    g.setTransform(dense, 0, 0, dense, 0, 0);
    const many = this.spots.length;
    // Large where there is room: a node of two hundred on a telephone is no blot.
    const radius = (many > 1200 ? 2.4 : many > 300 ? 3.4 : many > 60 ? 5 : 8) * Math.min(1, Math.max(0.55, width / 800));
    const faint = css('--faint'), ink = css('--ink');
    // One path per colour: three thousand nodes are a few strokes of the brush.
    const paths = new Map<string, Path2D>();
    const path = (key: string): Path2D => { let p = paths.get(key); if (!p) paths.set(key, (p = new Path2D())); return p; };
    const flashes = new Path2D(), attackers = new Path2D();
    this.stale = false;
    for (let i = 0; i < many; i++) {
      const s = this.spots[i], x = s.x * width, y = s.y * height;
      const size = s.server ? radius + 3 : s.store ? radius : radius * 0.6;
      const key = this.down[i] ? 'down' : this.tips[i] < 0 ? (s.store ? 'start' : 'client') : String(this.colours[this.tips[i]]);
      const p = path(key);
      ring(p, s, x, y, size);
      if (s.attacker) ring(attackers, s, x, y, size + 4);
      if (this.now - this.since[i] < flash && !this.down[i]) {
        ring(flashes, s, x, y, size + 2.5);
        this.stale = true; // it fades
      }
    }
    for (const [key, p] of paths) {
      if (key === 'down') { g.strokeStyle = faint; g.lineWidth = 1.5; g.stroke(p); continue; }
      g.fillStyle = key === 'start' || key === 'client' ? faint : colour(Number(key));
      g.fill(p);
    }
    g.lineWidth = 1; g.strokeStyle = ink; g.stroke(flashes);
    g.lineWidth = 2; g.strokeStyle = colour(1); g.stroke(attackers);
    this.drawMessages(g, width, height, this.now - Math.min(flash, 2)); // at high speed only what is just over
    this.tell();
  }

  /** What is under way, as dots; what ended since `from`, as lines. */
  private drawMessages(g: CanvasRenderingContext2D, width: number, height: number, from: number): void {
    const m = this.recording.messages;
    if (!m) return;
    const ended = new Map<number, Path2D>(); // one path per kind: thousands of messages are a few strokes of the brush
    let i = lowerBound(m.sent, from - m.longest);
    for (let drawn = 0; i < m.sent.length && m.sent[i] <= this.now && drawn < 1500; i++) {
      if (m.ended[i] < from || m.from[i] === 0xffff || m.to[i] === 0xffff) continue;
      const a = this.spots[m.from[i]], b = this.spots[m.to[i]];
      drawn++;
      if (m.ended[i] <= this.now) {
        let path = ended.get(m.kind[i]);
        if (!path) ended.set(m.kind[i], (path = new Path2D()));
        path.moveTo(a.x * width, a.y * height);
        path.lineTo(b.x * width, b.y * height);
        continue;
      }
      const share = (this.now - m.sent[i]) / Math.max(1e-9, m.ended[i] - m.sent[i]);
      const x = (a.x + (b.x - a.x) * share) * width, y = (a.y + (b.y - a.y) * share) * height;
      g.globalAlpha = m.arrived[i] ? 1 : 1 - share; // what will be lost fades
      g.fillStyle = colour(m.kind[i]);
      g.beginPath();
      if (m.kind[i] % 2) g.rect(x - 3, y - 3, 6, 6);
      else g.arc(x, y, 3.4, 0, 7);
      g.fill();
    }
    g.globalAlpha = 0.35;
    g.lineWidth = 1.2;
    for (const [kind, path] of ended) {
      g.strokeStyle = colour(kind);
      g.stroke(path);
    }
    g.globalAlpha = 1;
  }

  private drawGround(width: number, height: number, dense: number): HTMLCanvasElement {
    const canvas = el('canvas', { width: Math.round(width * dense), height: Math.round(height * dense) });
    const g = canvas.getContext('2d')!;
    g.scale(dense, dense);
    g.fillStyle = css('--ground');
    g.fillRect(0, 0, width, height);
    if (this.view !== 'map') {
      g.strokeStyle = css('--line');
      g.lineWidth = this.spots.length > 60 ? 1 : 2;
      g.beginPath();
      for (const [from, to] of linksOf(this.recording)) {
        const a = this.spots[from], b = this.spots[to];
        g.moveTo(a.x * width, a.y * height);
        g.lineTo(b.x * width, b.y * height);
      }
      g.stroke();
      return canvas;
    }
    g.fillStyle = css('--land');
    for (const ring of land) {
      g.beginPath();
      let x = 0, y = 0;
      for (let i = 0; i < ring.length; i += 2) {
        x += ring[i];
        y += ring[i + 1];
        g.lineTo(((x / 10 - west) / (east - west)) * width, ((north - y / 10) / (north - south)) * height);
      }
      g.fill();
    }
    return canvas;
  }

  private tell(): void {
    const on_ = new Map<number, number>();
    let downs = 0;
    const raw = this.recording.raw!;
    for (let i = 0; i < this.tips.length; i++) {
      if (this.down[i]) downs++;
      else if (raw.store[i]) on_.set(this.tips[i], (on_.get(this.tips[i]) ?? 0) + 1);
    }
    const rows = [...on_].sort((a, b) => b[1] - a[1] || b[0] - a[0]);
    const news = `${rows.slice(0, 4).join()} ${rows.length} ${downs}`;
    if (news === this.told) return; // most frames say what the last one said
    this.told = news;
    const parts = rows.slice(0, 4).map(([t, n]) => {
      const place = t < 0 ? 'at the beginning' : `${this.recording.steps[t].entry ? 'after entry' : 'on block'} ${this.recording.steps[t].height}`;
      const mark = el('span', { class: 'dot' });
      mark.style.background = t < 0 ? css('--faint') : colour(this.colours[t]);
      return el('span', {}, mark, `${count(n)} ${place}${t >= 0 ? ` (${this.recording.steps[t].id.slice(-4)})` : ''}`);
    });
    if (rows.length > 4) parts.push(el('span', {}, `and ${rows.length - 4} more tips`));
    if (downs > 0) parts.push(el('span', {}, `${count(downs)} off`));
    this.says.replaceChildren(...parts);
  }
}
