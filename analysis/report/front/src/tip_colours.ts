// The colour of every block that nodes stand on, so that branches which exist at the same time differ.
import { off, on, tip, type Recording } from './data';

/** Black is left out: on a map it looks like a node that is off. */
const palette = [0, 1, 2, 3, 5, 6];

/** When the last node left a step for another one, or went off: infinite where one stands on it at the end. */
function lastStoodOn(r: Recording): Float64Array {
  const until = new Float64Array(r.steps.length).fill(-1);
  const where = new Int32Array(r.shown.length).fill(-1);
  const away = new Uint8Array(r.shown.length);
  for (let i = 0; i < r.at.length; i++) {
    const who = r.who[i], what = r.what[i];
    if (what !== tip && what !== off && what !== on) continue;
    if (where[who] >= 0 && !away[who] && what !== on) until[where[who]] = Math.max(until[where[who]], r.at[i]);
    if (what === tip) where[who] = r.step[i];
    else away[who] = what === off ? 1 : 0;
  }
  where.forEach((step, who) => { if (step >= 0 && !away[who]) until[step] = Infinity; });
  return until;
}

/** For every step a series whose colour it has. A step takes the colour after that of the step before it in time, unless nodes still
 *  stand on another step of that colour; where more steps than colours are stood on, colours repeat. */
export function tipColours(r: Recording): Uint8Array {
  const until = lastStoodOn(r);
  const chosen = new Uint8Array(r.steps.length);
  const order = r.steps.map((_, i) => i).sort((a, b) => r.steps[a].made - r.steps[b].made || a - b);
  let alive: number[] = [], last = -1;
  for (const step of order) {
    alive = alive.filter((s) => until[s] >= r.steps[step].made);
    const taken = new Set(alive.map((s) => chosen[s]));
    let pick = (last + 1) % palette.length;
    for (let tries = 0; tries < palette.length && taken.has(pick); tries++) pick = (pick + 1) % palette.length;
    chosen[step] = last = pick;
    if (until[step] >= 0) alive.push(step);
  }
  return chosen.map((place) => palette[place]);
}
