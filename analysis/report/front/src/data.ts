// What the page holds for the script, and a recorded run as arrays that are quick to walk.

export type Dot = [number | null, number, number | null, number | null, number | null, number | null];
export interface CurveData { label: string; series: number; note: string; dots: Dot[] }
export interface ChartData { id: string; time: string; share: string; curves: CurveData[] }
/** id, parent, height, maker, tick, entry of a log, bytes, transactions */
type RawStep = [string, number, number, number, number, number, number, number];
export interface RawRecording {
  tick_s: number; end: number; nodes: number; every: number;
  left_out: { steps: number; marks: number };
  shown: number[]; role: number[]; region: number[]; store: number[]; attacker: number[]; user: number[];
  roles: string[]; regions: string[];
  faults: { name: string; what: string }[];
  marks: [number, number, number, number][];
  steps: RawStep[];
  links?: number[];
  events: string;
  messages?: { kinds: string[]; many: number; left_out: number; data: string };
}
/** id, parent, height, miner, mined, main chain, seconds until half and 99 % held it */
type RawBlock = [string, string, number, number, number, number, number | null, number | null];
export interface RunData {
  part: string; system: string; series: number; cell: string; seed: string;
  recording?: RawRecording; blocks?: RawBlock[];
  too_large?: boolean; // the recording is in the result's folder alone
}
export interface PageData { charts: ChartData[]; runs: RunData[] }

export function pageData(): PageData {
  const block = document.getElementById('peerlab-data');
  return JSON.parse(block?.textContent ?? '{"charts":[],"runs":[]}') as PageData;
}

export interface Step {
  id: string; parent: number; height: number; maker: number; made: number; entry: boolean;
  main: boolean; half: number | null; most: number | null;
  bytes: number; transactions: number; // 0: not known
}
export const held = 0, tip = 1, off = 2, on = 3;

/** Every message of a small run, in the order of sending; nodes by their place. */
export interface Messages {
  kinds: string[]; leftOut: number; longest: number;
  sent: Float64Array; ended: Float64Array; from: Uint16Array; to: Uint16Array; kind: Uint8Array; arrived: Uint8Array;
}

export interface Recording {
  tick: number;   // seconds
  end: number;    // seconds
  steps: Step[];
  nodes: number;
  every: number;
  leftOut: { steps: number; marks: number };
  shown: number[];
  place: Map<number, number>;
  raw?: RawRecording;
  messages?: Messages;
  // Events in rising time.
  at: Float64Array; who: Uint32Array; step: Int32Array; what: Uint8Array;
  /** Where a node stands at the end: place of a step, or -1. */
  lastTip: Int32Array;
}

function numbers(text: string): () => number {
  const bytes = atob(text);
  let i = 0;
  return () => {
    let value = 0, factor = 1;
    for (;;) {
      const byte = bytes.charCodeAt(i++);
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 128;
    }
  };
}

/** Marks the chain on which most stores stand at the end; among equals the longer one. */
function markMain(steps: Step[], tips: Int32Array): void {
  const count = new Map<number, number>();
  for (const t of tips) if (t >= 0) count.set(t, (count.get(t) ?? 0) + 1);
  let best = -1;
  for (const [t, n] of count) {
    const most = best < 0 ? -1 : count.get(best)!;
    if (n > most || (n === most && steps[t].height > steps[best].height)) best = t;
  }
  if (best < 0) for (let i = 0; i < steps.length; i++) if (best < 0 || steps[i].height > steps[best].height) best = i;
  for (let s = best; s >= 0; s = steps[s].parent) steps[s].main = true;
}

const decoded = new WeakMap<RunData, Recording>();

/** Tree and replay look at the same one. */
export function decode(run: RunData): Recording {
  let recording = decoded.get(run);
  if (!recording) decoded.set(run, (recording = run.recording ? decodeRecording(run.recording) : fromBlocks(run.blocks ?? [])));
  return recording;
}

/** The places of events in rising time, those of one instant in their order. Whole numbers sort many times faster than places that are
 *  compared, as long as instant and place fit into one. */
function inOrder(ticks: number[]): Uint32Array {
  const many = ticks.length;
  let last = 0;
  for (const t of ticks) last = Math.max(last, t);
  if ((last + 1) * many > Number.MAX_SAFE_INTEGER / 8) return Uint32Array.from(ticks.keys()).sort((a, b) => ticks[a] - ticks[b] || a - b);
  const keys = new Float64Array(many), order = new Uint32Array(many);
  for (let i = 0; i < many; i++) keys[i] = ticks[i] * many + i;
  keys.sort();
  for (let i = 0; i < many; i++) order[i] = keys[i] - Math.floor(keys[i] / many) * many;
  return order;
}

function fromBlocks(blocks: RawBlock[]): Recording {
  const place = new Map<string, number>();
  const steps = blocks.map((b, i): Step => {
    place.set(b[0], i);
    return { id: b[0], parent: place.get(b[1]) ?? -1, height: b[2], maker: b[3], made: b[4], entry: false,
             main: b[5] === 1, half: b[6], most: b[7], bytes: 0, transactions: 0 };
  });
  return { tick: 0.001, end: steps.length ? steps[steps.length - 1].made : 0, steps, nodes: 0, every: 1,
           leftOut: { steps: 0, marks: 0 }, shown: [], place: new Map(), at: new Float64Array(0), who: new Uint32Array(0),
           step: new Int32Array(0), what: new Uint8Array(0), lastTip: new Int32Array(0) };
}

function decodeMessages(raw: RawRecording, place: Map<number, number>): Messages | undefined {
  if (!raw.messages) return undefined;
  const next = numbers(raw.messages.data), many = raw.messages.many;
  const m: Messages = { kinds: raw.messages.kinds, leftOut: raw.messages.left_out, longest: 0, sent: new Float64Array(many), ended: new Float64Array(many),
    from: new Uint16Array(many), to: new Uint16Array(many), kind: new Uint8Array(many), arrived: new Uint8Array(many) };
  let sent = 0;
  for (let i = 0; i < many; i++) {
    sent += next();
    m.from[i] = place.get(next()) ?? 0xffff;
    m.to[i] = place.get(next()) ?? 0xffff;
    m.kind[i] = next();
    next(); // bytes: for pictures that the program draws
    const took = next();
    m.sent[i] = sent / 1e6;
    m.ended[i] = (sent + Math.floor(took / 2)) / 1e6;
    m.arrived[i] = took % 2;
    m.longest = Math.max(m.longest, m.ended[i] - m.sent[i]);
  }
  return m;
}

function decodeRecording(raw: RawRecording): Recording {
  const next = numbers(raw.events);
  const steps = raw.steps.map((s): Step => (
    { id: s[0], parent: s[1], height: s[2], maker: s[3], made: s[4] * raw.tick_s, entry: s[5] === 1, main: false,
      half: null, most: null, bytes: s[6] ?? 0, transactions: s[7] ?? 0 }));
  const at: number[] = [], who: number[] = [], step: number[] = [], what: number[] = [];
  const stores = raw.store.filter((s, i) => s === 1 && raw.attacker[i] === 0).length;
  for (let s = 0; s < steps.length; s++) {
    const many = next();
    let tick = raw.steps[s][4];
    for (let i = 0; i < many; i++) {
      tick += next();
      const code = next();
      at.push(tick); who.push(code >> 1); step.push(s); what.push(code & 1 ? tip : held);
      if (i + 1 === Math.ceil(stores / 2)) steps[s].half = (tick - raw.steps[s][4]) * raw.tick_s;
      if (i + 1 === Math.ceil(stores * 0.99)) steps[s].most = (tick - raw.steps[s][4]) * raw.tick_s;
    }
  }
  const others = next();
  let tick = 0;
  for (let i = 0; i < others; i++) {
    tick += next();
    at.push(tick); who.push(next());
    const code = next();
    step.push(code - 2);
    what.push(code === 0 ? off : code === 1 ? on : tip);
  }
  const order = inOrder(at);
  const pick = <T extends { [i: number]: number }>(from: number[], to: T): T => {
    for (let i = 0; i < order.length; i++) to[i] = from[order[i]];
    return to;
  };
  const lastTip = new Int32Array(raw.shown.length).fill(-1);
  const sortedAt = pick(at, new Float64Array(at.length));
  const sortedWho = pick(who, new Uint32Array(at.length));
  const sortedStep = pick(step, new Int32Array(at.length));
  const sortedWhat = pick(what, new Uint8Array(at.length));
  for (let i = 0; i < sortedAt.length; i++) if (sortedWhat[i] === tip) lastTip[sortedWho[i]] = sortedStep[i];
  markMain(steps, lastTip.filter((_, i) => raw.store[i] === 1));
  const place = new Map(raw.shown.map((n, i) => [n, i]));
  return { tick: raw.tick_s, messages: decodeMessages(raw, place), end: raw.end * raw.tick_s, steps, nodes: raw.nodes, every: raw.every, leftOut: raw.left_out,
           shown: raw.shown, place, raw, at: sortedAt.map((t) => t * raw.tick_s),
           who: sortedWho, step: sortedStep, what: sortedWhat, lastTip };
}
