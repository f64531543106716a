// What a viewer may want to jump to: faults, attacks, reorganisations, blocks that lost.
import type { Recording } from './data';
import type { Stage } from './stage';

export interface Mark { at: number; text: string; kind: string }

const plural = (n: number, one: string): string => `${n} ${n === 1 ? one : `${one}s`}`;

export function marksOf(stages: Stage[]): Mark[] {
  const marks: Mark[] = [];
  stages.forEach((stage, n) => {
    const raw = stage.recording.raw!, system = stage.run.system;
    for (const [tick, kind, number, node] of raw.marks) {
      const at = tick * raw.tick_s;
      if (kind < 2 && n > 0 && marks.some((m) => m.at === at && m.kind === 'fault')) continue; // every system has the same faults
      const fault = raw.faults[number];
      if (kind < 2) marks.push({ at, kind: 'fault', text: `${fault?.name ?? 'fault'} ${kind === 0 ? 'begins' : 'ends'}` });
      else if (kind === 2) marks.push({ at, kind: 'reorg', text: `node ${node} of ${system} undoes ${plural(number, 'block')}` });
      else {
        const text = kind === 3 ? `an attack on ${system} begins` : kind === 4 ? `the attack on ${system} ends`
          : kind === 5 ? `the attacker of ${system} takes the machine of node ${node}`
          : kind === 6 ? `node ${node} of ${system} begins its attempt ${number}` : `node ${node} of ${system} ${number ? 'publishes its branch' : 'gives up'}`;
        marks.push({ at, kind: 'attack', text });
      }
    }
    for (const s of stage.recording.steps) if (!s.main && !s.entry) marks.push({ at: s.made, kind: 'fork', text: `a fork of ${system} at height ${s.height}` });
  });
  return marks.sort((a, b) => a.at - b.at);
}

/** From when to when each fault lasted. */
export function faultsOf(recording: Recording): [number, number][] {
  const raw = recording.raw!;
  return raw.marks.flatMap(([tick, kind, number], i): [number, number][] => {
    if (kind !== 0 && kind !== 3) return [];
    const over = raw.marks.slice(i + 1).find((m) => m[1] === kind + 1 && m[2] === number);
    return [[tick * raw.tick_s, over ? over[0] * raw.tick_s : tick * raw.tick_s]];
  });
}
