// What a block tree says to others: Graphviz, and who held which block from when on.
import { held, tip, type Recording } from './data';

export function asDot(recording: Recording): string {
  const name = (i: number): string => `"${recording.steps[i].id}"`;
  const lines = recording.steps.map((s, i) =>
    `  ${name(i)} [label="${s.height}", style=filled, fillcolor="${s.main ? '#9fd0ee' : '#f3b98f'}"];` + (s.parent >= 0 ? `\n  ${name(s.parent)} -> ${name(i)};` : ''));
  return `digraph blocks {\n  rankdir=LR; node [shape=box];\n${lines.join('\n')}\n}\n`;
}

/** Places of nodes and the instants from which they held a block, by rising time. */
export function holdersOf(recording: Recording, block: number): [number, number][] {
  const seen = new Set<number>();
  const all: [number, number][] = [];
  for (let i = 0; i < recording.at.length; i++) {
    if (recording.step[i] !== block || (recording.what[i] !== held && recording.what[i] !== tip) || seen.has(recording.who[i])) continue;
    seen.add(recording.who[i]);
    all.push([recording.who[i], recording.at[i]]);
  }
  return all;
}
