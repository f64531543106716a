// The run again, on a map, a ring or a graph: every node in the colour of the block it stands on, all systems on one clock.
import type { RunData } from './data';
import { colour, el, onTheme } from './dom';
import type { View } from './layouts';
import * as link from './link';
import { faultsOf, marksOf } from './marks';
import { Stage } from './stage';
import { clock, count } from './words';

/** The kinds of messages and their colours, where messages are drawn. */
function messageLegend(stages: Stage[]): HTMLElement[] {
  return stages.flatMap((stage) => {
    const m = stage.recording.messages;
    if (!m || m.kinds.length === 0) return [];
    const of = stages.length > 1 ? ` of ${stage.run.system}` : '';
    const keys = m.kinds.map((kind, i) => {
      const dot = el('span', { class: i % 2 ? 'dot square' : 'dot' });
      dot.style.background = colour(i);
      return el('span', {}, dot, kind);
    });
    const until = m.leftOut > 0 && m.sent.length > 0 ? ` (${count(m.sent.length)} are drawn, first those around faults, attacks and forks; others are not)` : '';
    return [el('p', { class: 'legend' }, el('span', {}, `Messages${of}${until}: `), ...keys)];
  });
}

const most = 6; // systems side by side
const speeds = [0.1, 1, 10, 60, 300, 1000, 10000];

export function replaySection(runs: RunData[]): HTMLElement | null {
  const all = runs.filter((r) => r.recording && r.recording.shown.length > 0);
  const recorded = all.slice(0, most);
  if (recorded.length === 0) return null;
  const stages = recorded.map((r) => new Stage(r));
  // Where blocks were too many to record, the clock ends with the last one that was.
  const end = Math.max(...stages.map(({ recording: r }) => (r.leftOut.steps > 0 && r.at.length > 0 ? Math.min(r.end, r.at[r.at.length - 1] + 1) : r.end)));
  const marks = marksOf(stages);
  const drawsMessages = stages.some((s) => s.recording.messages !== undefined);
  const regions = new Set(stages.flatMap((s) => s.recording.raw!.region));
  const small = Math.max(...stages.map((s) => s.recording.nodes)) <= 12;
  const linked = stages.some((s) => (s.recording.raw!.links?.length ?? 0) > 0);
  const views: View[] = linked ? ['map', 'ring', 'graph'] : ['map', 'ring'];
  const usualView: View = regions.size >= 2 && !small ? 'map' : linked ? 'graph' : 'ring';
  let view: View = views.find((v) => v === link.get('view')) ?? usualView;
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
    speed.value = drawsMessages ? '0.1' : '1';
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
  const viewOf = el('select', { id: 'replay-view' });
  for (const v of views) viewOf.append(el('option', v === view ? { value: v, selected: true } : { value: v }, { map: 'map', ring: 'ring', graph: 'graph' }[v]));
  const signs = 'Dots are peers, squares are servers, in the colour of the block they stand on; grey is at the beginning or a client, hollow is off.';
  const arrange = (): void => {
    for (const stage of stages) stage.layout(view);
    note.textContent = view === 'map' ? `${signs} The model knows regions: which city of its region a node stands at is for the picture alone.`
      : view === 'graph' ? `${signs} Nodes stand where their links pull them.` : signs;
    if (all.length > recorded.length) note.append(` The first ${recorded.length} of ${all.length} systems are shown.`);
    paint();
  };
  viewOf.addEventListener('change', () => { view = viewOf.value as View; link.set('view', view === usualView ? null : view); arrange(); });
  const note = el('p', { class: 'note' });
  const more = stages.reduce((sum, s) => sum + s.recording.leftOut.marks, 0);
  const unmarked = more > 0 ? [el('span', {}, `${count(more)} later ones are not marked`)] : [];
  const keys = [['fault', 'fault'], ['attack', 'attack'], ['fork', 'fork'], ['reorg', 'reorganisation']]
    .filter(([kind]) => marks.some((m) => m.kind === kind)).map(([kind, name]) => el('span', { class: `key ${kind}` }, name));
  const section = el('section', { id: 'replay' }, el('h2', {}, 'Replay'), note,
    el('div', { class: 'scenes' }, ...stages.map((s) => s.element)),
    el('div', { class: 'tools player' }, play,
      el('button', { type: 'button', click: () => next(-1) }, 'Previous event'), el('button', { type: 'button', click: () => next(1) }, 'Next event'),
      el('button', { type: 'button', click: nextBlock }, 'Watch next block'),
      el('label', { for: 'replay-speed' }, 'Speed '), speed, el('label', { for: 'replay-view' }, 'View '), viewOf, shown),
    el('div', { class: 'line' }, el('label', { for: 'replay-time', class: 'unseen' }, 'Time'), slider, ticks),
    el('p', { class: 'legend' }, ...(keys.length > 0 ? [...keys, ...unmarked] : [el('span', {}, 'No fault, fork or reorganisation in this run.')])),
    ...messageLegend(stages),
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
