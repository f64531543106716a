// Where the blocks of a tree stand: columns by height, lanes by branch; runs of blocks without a fork are one item.
import type { Recording } from './data';

export interface Item { first: number; last: number; blocks: number[]; lane: number; column: number; parent: Item | null }

/** Children of every step, the wanted chain's child first. */
function childrenOf(recording: Recording, chain: Set<number>): number[][] {
  const children: number[][] = recording.steps.map(() => []);
  recording.steps.forEach((s, i) => { if (s.parent >= 0) children[s.parent].push(i); });
  for (const list of children) list.sort((a, b) => Number(chain.has(b)) - Number(chain.has(a)) || a - b);
  return children;
}

export function chainTo(recording: Recording, last: number): Set<number> {
  const chain = new Set<number>();
  for (let s = last; s >= 0; s = recording.steps[s].parent) chain.add(s);
  return chain;
}

/** Lanes and columns. Blocks of a fork and those around it have a column each; what lies between is one item unless it is open. */
export function lay(recording: Recording, chain: Set<number>, open: Set<number>): { items: Item[]; lanes: number; columns: number } {
  const steps = recording.steps;
  const children = childrenOf(recording, chain);
  const roots = steps.flatMap((s, i) => (s.parent < 0 ? [i] : []));
  roots.sort((a, b) => Number(chain.has(b)) - Number(chain.has(a)) || a - b);
  // Heights at which more than one block exists, with a neighbour to each side, are shown block by block.
  const atHeight = new Map<number, number>();
  for (const s of steps) atHeight.set(s.height, (atHeight.get(s.height) ?? 0) + 1);
  const crowded = (h: number): boolean => (atHeight.get(h) ?? 0) > 1;
  const alone = (i: number): boolean => ![-1, 0, 1].some((d) => crowded(steps[i].height + d)) && children[i].length === 1 && steps[i].parent >= 0;
  const heights = [...atHeight.keys()].sort((a, b) => a - b);
  const columnOf = new Map<number, number>();
  let column = 0, run = 0;
  const single = new Map<number, number>(); // height -> its only block
  steps.forEach((s, i) => { if (!crowded(s.height)) single.set(s.height, i); });
  const runOf = new Map<number, number>(); // block -> first block of its run
  let start = -1;
  for (const h of heights) {
    const block = single.get(h);
    const folds = block !== undefined && alone(block) && chain.has(block);
    if (folds && run > 0 && !open.has(start)) {
      runOf.set(block, start);
      columnOf.set(h, column - 1);
      run++;
      continue;
    }
    if (folds) {
      if (run === 0) start = block;
      run++;
      runOf.set(block, open.has(start) ? block : start);
    } else {
      run = 0;
    }
    columnOf.set(h, column++);
  }
  // Lanes: a branch takes the first one that is free over all its columns.
  const items = new Map<number, Item>();
  const list: Item[] = [];
  const taken: [number, number][][] = []; // lane -> stretches of columns
  const stack: { block: number; lane: number }[] = roots.map((r, i) => ({ block: r, lane: i === 0 ? 0 : -1 })).reverse();
  const reach = new Map<number, number>(); // block -> last column of its first line of descent
  for (let i = steps.length - 1; i >= 0; i--) {
    const first = children[i][0];
    reach.set(i, first === undefined ? columnOf.get(steps[i].height)! : reach.get(first) ?? columnOf.get(steps[i].height)!);
  }
  while (stack.length > 0) {
    const { block, lane: wanted } = stack.pop()!;
    const at = columnOf.get(steps[block].height)!, end = reach.get(block)!;
    let lane = wanted;
    if (lane < 0) {
      lane = 1;
      while (taken[lane]?.some(([from, to]) => from <= end && to >= at)) lane++;
    }
    if (wanted !== lane || steps[block].parent < 0) (taken[lane] ??= []).push([at, end]);
    const parent = steps[block].parent >= 0 ? items.get(steps[block].parent) ?? null : null;
    const firstOfRun = runOf.get(block);
    const whole = firstOfRun !== undefined && firstOfRun !== block ? items.get(firstOfRun) : undefined;
    if (whole) {
      whole.blocks.push(block);
      whole.last = block;
      items.set(block, whole);
    } else {
      const item: Item = { first: block, last: block, blocks: [block], lane, column: at, parent };
      items.set(block, item);
      list.push(item);
    }
    const next = children[block];
    for (let i = next.length - 1; i >= 0; i--) stack.push({ block: next[i], lane: i === 0 ? lane : -1 });
  }
  return { items: list, lanes: Math.max(1, taken.length), columns: column };
}
