// The run again, on a map or a ring: every node in the colour of the block it stands on, all systems on one clock.
import { decode, off, on, tip, type Recording, type RunData } from './data';
import { colour, css, el, onTheme } from './dom';
import { land } from './land';
import * as link from './link';
import { placeOf } from './places';
import { clock, count } from './words';

interface Spot { x: number; y: number; server: boolean; store: boolean; attacker: boolean }
const west = -170, east = 180, north = 72, south = -48; // where people live
const ratio = (north - south) / (east - west) * 1.15;

/** Servers are squares, all others circles. */
function ring(path: Path2D, spot: Spot, x: number, y: number, size: number): void {
  if (spot.server) path.rect(x - size, y - size, 2 * size, 2 * size);
  else {
    path.moveTo(x + size, y);
    path.arc(x, y, size, 0, 7);
  }
}

class Stage {
  readonly recording: Recording;
  readonly element: HTMLElement;
  private readonly canvas = el('canvas', { role: 'img' });
  private readonly says = el('p', { class: 'says' });
  private spots: Spot[] = [];
  private ring = false;
  private ground: HTMLCanvasElement | null = null;
  private tips: Int32Array;
  private since: Float64Array; // when a node moved there
  private down: Uint8Array;
  private next = 0; // first event that has not come yet
  private now = -1;

  constructor(readonly run: RunData) {
    this.recording = decode(run);
    const nodes = this.recording.shown.length;
    this.tips = new Int32Array(nodes).fill(-1);
    this.since = new Float64Array(nodes).fill(-1e9);
    this.down = new Uint8Array(nodes);
    const r = this.recording;
    const sampled = r.every > 1 ? ` (one in ${r.every} of ${count(r.nodes)} nodes is shown)` : '';
    this.canvas.setAttribute('aria-label', `Nodes of ${run.system} and the blocks they stand on`);
    this.element = el('div', { class: 'scene' }, el('h3', {}, `${run.system}${run.part ? `, ${run.part}` : ''}`, el('small', {}, sampled)), this.canvas, this.says);
  }

  layout(ring: boolean): void {
    this.ring = ring;
    const raw = this.recording.raw!;
    const servers = raw.user.filter((u) => u === 0).length;
    let inner = 0, outer = 0;
    this.spots = this.recording.shown.map((node, i) => {
      const server = raw.user[i] === 0;
      let x: number, y: number;
      if (ring) {
        const few = server ? servers : raw.user.length - servers;
        const turn = ((server ? inner++ : outer++) / Math.max(1, few)) * 2 * Math.PI - Math.PI / 2;
        const radius = server ? (servers > 1 ? 0.12 : 0) : 0.44;
        x = 0.5 + radius * Math.cos(turn) * ratio;
        y = 0.5 + radius * Math.sin(turn);
      } else {
        const [lon, lat] = placeOf(node, raw.regions[raw.region[i]], raw.shown.length > 60 ? 2.6 : 0.8);
        x = (lon - west) / (east - west);
        y = (north - lat) / (north - south);
      }
      return { x, y, server, store: raw.store[i] === 1, attacker: raw.attacker[i] === 1 };
    });
    this.ground = null;
  }

  /** Brings the picture to an instant; backwards means from the beginning. */
  seek(time: number): void {
    const r = this.recording;
    if (time < this.now) {
      this.tips.fill(-1);
      this.since.fill(-1e9);
      this.down.fill(0);
      this.next = 0;
    }
    for (; this.next < r.at.length && r.at[this.next] <= time; this.next++) {
      const who = r.who[this.next], what = r.what[this.next];
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
    const g = this.canvas.getContext('2d')!;
    this.ground ??= this.drawGround(width, height, dense);
    g.setTransform(1, 0, 0, 1, 0, 0);
    g.drawImage(this.ground, 0, 0);
    g.setTransform(dense, 0, 0, dense, 0, 0);
    const many = this.spots.length;
    const radius = many > 1200 ? 2.4 : many > 300 ? 3.4 : many > 60 ? 5 : 8;
    const faint = css('--faint'), ink = css('--ink');
    // One path per colour: three thousand nodes are a few strokes of the brush.
    const paths = new Map<string, Path2D>();
    const path = (key: string): Path2D => { let p = paths.get(key); if (!p) paths.set(key, (p = new Path2D())); return p; };
    const flashes = new Path2D(), attackers = new Path2D();
    for (let i = 0; i < many; i++) {
      const s = this.spots[i], x = s.x * width, y = s.y * height;
      const size = s.server ? radius + 3 : s.store ? radius : radius * 0.6;
      const key = this.down[i] ? 'down' : this.tips[i] < 0 ? (s.store ? 'start' : 'client') : String(this.tips[i] % 6);
      const p = path(key);
      ring(p, s, x, y, size);
      if (s.attacker) ring(attackers, s, x, y, size + 4);
      if (this.now - this.since[i] < flash && !this.down[i]) ring(flashes, s, x, y, size + 2.5);
    }
    for (const [key, p] of paths) {
      if (key === 'down') { g.strokeStyle = faint; g.lineWidth = 1.5; g.stroke(p); continue; }
      g.fillStyle = key === 'start' || key === 'client' ? faint : colour([0, 1, 2, 3, 5, 6][Number(key)]);
      g.fill(p);
    }
    g.lineWidth = 1; g.strokeStyle = ink; g.stroke(flashes);
    g.lineWidth = 2; g.strokeStyle = colour(1); g.stroke(attackers);
    this.tell();
  }

  private drawGround(width: number, height: number, dense: number): HTMLCanvasElement {
    const canvas = el('canvas', { width: Math.round(width * dense), height: Math.round(height * dense) });
    const g = canvas.getContext('2d')!;
    g.scale(dense, dense);
    g.fillStyle = css('--ground');
    g.fillRect(0, 0, width, height);
    const links = this.recording.raw!.links;
    if (this.ring) {
      if (links) {
        g.strokeStyle = css('--line');
        g.beginPath();
        for (let i = 0; i + 1 < links.length; i += 2) {
          const a = this.spots[this.recording.place.get(links[i]) ?? 0], b = this.spots[this.recording.place.get(links[i + 1]) ?? 0];
          g.moveTo(a.x * width, a.y * height);
          g.lineTo(b.x * width, b.y * height);
        }
        g.stroke();
      }
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
    const parts = rows.slice(0, 4).map(([t, n]) => {
      const place = t < 0 ? 'at the beginning' : `${this.recording.steps[t].entry ? 'after entry' : 'on block'} ${this.recording.steps[t].height}`;
      const mark = el('span', { class: 'dot' });
      mark.style.background = t < 0 ? css('--faint') : colour([0, 1, 2, 3, 5, 6][t % 6]);
      return el('span', {}, mark, `${count(n)} ${place}${t >= 0 ? ` (${this.recording.steps[t].id.slice(-4)})` : ''}`);
    });
    if (rows.length > 4) parts.push(el('span', {}, `and ${rows.length - 4} more tips`));
    if (downs > 0) parts.push(el('span', {}, `${count(downs)} off`));
    this.says.replaceChildren(...parts);
  }
}

interface Mark { at: number; text: string; kind: string }

/** What a viewer may want to jump to: faults, reorganisations, blocks that lost. */
function marksOf(stages: Stage[]): Mark[] {
  const marks: Mark[] = [];
  stages.forEach((stage, n) => {
    const raw = stage.recording.raw!;
    for (const [tick, kind, number, node] of raw.marks) {
      const at = tick * raw.tick_s;
      if (kind < 2 && n > 0 && marks.some((m) => m.at === at && m.kind === 'fault')) continue; // every system has the same faults
      const fault = raw.faults[number];
      if (kind < 2) marks.push({ at, kind: 'fault', text: `${fault?.name ?? 'fault'} ${kind === 0 ? 'begins' : 'ends'}` });
      else marks.push({ at, kind: 'reorg', text: `node ${node} of ${stage.run.system} undoes ${number} ${number === 1 ? 'block' : 'blocks'}` });
    }
    for (const s of stage.recording.steps) if (!s.main && !s.entry) marks.push({ at: s.made, kind: 'fork', text: `a fork of ${stage.run.system} at height ${s.height}` });
  });
  return marks.sort((a, b) => a.at - b.at);
}

/** From when to when each fault lasted. */
function faultsOf(recording: Recording): [number, number][] {
  const raw = recording.raw!;
  return raw.marks.flatMap(([tick, kind, number], i): [number, number][] => {
    if (kind !== 0) return [];
    const over = raw.marks.slice(i + 1).find((m) => m[1] === 1 && m[2] === number);
    return [[tick * raw.tick_s, over ? over[0] * raw.tick_s : tick * raw.tick_s]];
  });
}

const speeds = [1, 10, 60, 300, 1000, 10000];

export function replaySection(runs: RunData[]): HTMLElement | null {
  const recorded = runs.filter((r) => r.recording && r.recording.shown.length > 0).slice(0, 4);
  if (recorded.length === 0) return null;
  const stages = recorded.map((r) => new Stage(r));
  const end = Math.max(...stages.map((s) => s.recording.end));
  const marks = marksOf(stages);
  const regions = new Set(stages.flatMap((s) => s.recording.raw!.region));
  const small = Math.max(...stages.map((s) => s.recording.nodes)) <= 12;
  let ring = (link.get('view') ?? (small || regions.size < 2 ? 'ring' : 'map')) === 'ring';
  let time = Math.min(end, Math.max(0, Number(link.get('t') ?? 0) || 0));
  let playing = false, last = 0;

  const slider = el('input', { type: 'range', min: 0, max: end, step: 'any', value: time, id: 'replay-time', class: 'time' });
  const shown = el('output', { for: 'replay-time', class: 'clock' });
  const news = el('p', { class: 'note news', 'aria-live': 'polite' });
  const speed = el('select', { id: 'replay-speed' });
  const usual = speeds.find((s) => end / s <= 90) ?? 10000;
  for (const s of speeds) speed.append(el('option', s === usual ? { value: s, selected: true } : { value: s }, `${s.toLocaleString('en-US')}x`));
  const play = el('button', { type: 'button', class: 'play' }, 'Play');

  const paint = (): void => {
    const flash = Math.max(0.05, Number(speed.value) * 0.1);
    for (const stage of stages) { stage.seek(time); stage.paint(flash); }
    slider.value = String(time);
    slider.setAttribute('aria-valuetext', clock(time));
    shown.textContent = clock(time);
  };
  const jump = (to: number): void => {
    time = Math.min(end, Math.max(0, to));
    paint();
  };
  const keep = (): void => link.set('t', time.toFixed(1));
  const tellPassed = (from: number, to: number): void => {
    const passed = marks.filter((m) => m.at > from && m.at <= to);
    if (passed.length > 0) news.textContent = `${clock(passed[passed.length - 1].at)}: ${passed[passed.length - 1].text}`;
  };
  const frame = (now: number): void => {
    if (!playing) return;
    const step = ((now - last) / 1000) * Number(speed.value);
    last = now;
    const before = time;
    jump(time + Math.min(step, Number(speed.value) * 0.2));
    tellPassed(before, time);
    if (time >= end) toggle();
    else requestAnimationFrame(frame);
  };
  const toggle = (): void => {
    playing = !playing;
    play.textContent = playing ? 'Pause' : 'Play';
    if (playing) {
      if (time >= end) time = 0;
      last = performance.now();
      requestAnimationFrame(frame);
    } else keep();
  };
  const next = (direction: number): void => {
    const found = direction > 0 ? marks.find((m) => m.at > time + 1e-6) : [...marks].reverse().find((m) => m.at < time - 1e-6);
    if (!found) { news.textContent = direction > 0 ? 'Nothing more of note.' : 'Nothing of note before.'; return; }
    jump(found.at);
    news.textContent = `${clock(found.at)}: ${found.text}`;
    keep();
  };
  // A block spreads within seconds: it is watched in its own time.
  const nextBlock = (): void => {
    const made = stages.flatMap((stage) => stage.recording.steps.filter((s) => s.made > time + 1e-6).slice(0, 1).map((s) => ({ s, stage })));
    const first = made.sort((a, b) => Number(a.s.entry) - Number(b.s.entry) || a.s.made - b.s.made)[0];
    if (!first) { news.textContent = 'No block comes after this.'; return; }
    speed.value = '1';
    jump(first.s.made);
    news.textContent = `${clock(first.s.made)}: node ${first.s.maker} of ${first.stage.run.system} ${first.s.entry ? 'writes entry' : 'finds block'} ${first.s.height}`;
    keep();
    if (!playing) toggle();
  };
  play.addEventListener('click', toggle);
  slider.addEventListener('input', () => jump(Number(slider.value)));
  slider.addEventListener('change', keep);

  const ticks = el('div', { class: 'marks', 'aria-hidden': 'true' });
  for (const [from, to] of faultsOf(stages[0].recording)) {
    const band = el('span', { class: 'during' });
    band.style.left = `${(from / end) * 100}%`;
    band.style.width = `${((Math.min(to, end) - from) / end) * 100}%`;
    ticks.append(band);
  }
  const drawn = new Set<string>();
  for (const m of marks) {
    const place = `${m.kind}${((m.at / end) * 400).toFixed(0)}`;
    if (drawn.has(place)) continue;
    drawn.add(place);
    const tick = el('span', { class: m.kind, title: `${clock(m.at)}: ${m.text}` });
    tick.style.left = `${(m.at / end) * 100}%`;
    ticks.append(tick);
  }
  const view = el('button', { type: 'button', 'aria-pressed': String(ring) }, ring ? 'Map' : 'Ring');
  const arrange = (): void => {
    for (const stage of stages) stage.layout(ring);
    view.textContent = ring ? 'Map' : 'Ring';
    note.textContent = ring ? 'Dots are peers, squares are servers, in the colour of the block they stand on; grey is at the beginning or a client, hollow is off.'
      : 'Dots are peers, squares are servers, in the colour of the block they stand on; grey is at the beginning or a client, hollow is off. The model knows regions: which city of its region a node stands at is for the picture alone.';
    paint();
  };
  view.addEventListener('click', () => { ring = !ring; link.set('view', ring ? 'ring' : 'map'); arrange(); });
  const note = el('p', { class: 'note' });
  const section = el('section', { id: 'replay' }, el('h2', {}, 'Replay'), note,
    el('div', { class: 'scenes' }, ...stages.map((s) => s.element)),
    el('div', { class: 'tools player' }, play,
      el('button', { type: 'button', click: () => next(-1) }, 'Previous event'), el('button', { type: 'button', click: () => next(1) }, 'Next event'),
      el('button', { type: 'button', click: nextBlock }, 'Watch next block'),
      el('label', { for: 'replay-speed' }, 'Speed '), speed, view, shown),
    el('div', { class: 'line' }, el('label', { for: 'replay-time', class: 'unseen' }, 'Time'), slider, ticks),
    el('p', { class: 'legend' }, el('span', { class: 'key fault' }, 'fault'), el('span', { class: 'key reorg' }, 'reorganisation'), el('span', { class: 'key fork' }, 'fork')),
    news,
    el('p', { class: 'note' }, 'Keys here: space plays, arrows move, n and p go to the next and the previous event, b to the next block.'));
  section.addEventListener('keydown', (e) => {
    const inField = e.target instanceof HTMLElement && /^(SELECT|BUTTON)$/.test(e.target.tagName);
    if (e.key === ' ' && !inField) { e.preventDefault(); toggle(); }
    else if (e.key === 'n') next(1);
    else if (e.key === 'p') next(-1);
    else if (e.key === 'b') nextBlock();
    else if ((e.key === 'ArrowRight' || e.key === 'ArrowLeft') && !inField) {
      e.preventDefault();
      jump(time + (e.key === 'ArrowRight' ? 1 : -1) * Number(speed.value) * 0.2);
      keep();
    }
  });
  link.onChange(() => { const t = link.get('t'); if (t !== null) jump(Number(t) || 0); });
  onTheme(arrange);
  new ResizeObserver(() => paint()).observe(section);
  queueMicrotask(arrange);
  return section;
}
