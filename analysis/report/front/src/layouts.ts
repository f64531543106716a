// Where nodes are drawn: on a map, on a ring, or where their links pull them.
import type { Recording } from './data';
import { placeOf } from './places';

export type View = 'map' | 'ring' | 'graph';
export interface Spot { x: number; y: number; server: boolean; store: boolean; attacker: boolean }
export const west = -170, east = 180, north = 72, south = -48; // where people live
export const ratio = (north - south) / (east - west) * 1.15;  // height of a picture to its width

type Point = [number, number];

function onRing(server: boolean[]): Point[] {
  const servers = server.filter(Boolean).length;
  let inner = 0, outer = 0;
  return server.map((isServer) => {
    const few = isServer ? servers : server.length - servers;
    const turn = ((isServer ? inner++ : outer++) / Math.max(1, few)) * 2 * Math.PI - Math.PI / 2;
    const radius = isServer ? (servers > 1 ? 0.12 : 0) : 0.44;
    return [0.5 + radius * Math.cos(turn) * ratio, 0.5 + radius * Math.sin(turn)];
  });
}

/** Fruchterman and Reingold 1991, from the ring, so that it always comes out the same. */
function pulled(start: Point[], edges: [number, number][]): Point[] {
  const n = start.length;
  const at = start.map(([x, y], i): Point => [x + 0.01 * Math.cos(i), (y - 0.5) * ratio + 0.003 * Math.sin(3 * i)]);
  const area = ratio * 0.7, k = Math.sqrt(area / Math.max(1, n));
  const rounds = Math.min(300, Math.max(40, Math.floor(6e6 / Math.max(1, n * n))));
  for (let round = 0; round < rounds; round++) {
    const move = at.map((): Point => [0, 0]);
    for (let i = 0; i < n; i++) {
      for (let j = i + 1; j < n; j++) {
        const dx = at[i][0] - at[j][0], dy = at[i][1] - at[j][1];
        const push = (k * k) / Math.max(1e-6, dx * dx + dy * dy);
        move[i][0] += dx * push; move[i][1] += dy * push;
        move[j][0] -= dx * push; move[j][1] -= dy * push;
      }
    }
    for (const [a, b] of edges) {
      const dx = at[a][0] - at[b][0], dy = at[a][1] - at[b][1];
      const pull = Math.hypot(dx, dy) / k;
      move[a][0] -= dx * pull; move[a][1] -= dy * pull;
      move[b][0] += dx * pull; move[b][1] += dy * pull;
    }
    const most = 0.1 * (1 - round / rounds) + 0.001;
    for (let i = 0; i < n; i++) {
      const far = Math.hypot(move[i][0], move[i][1]) || 1;
      at[i][0] += (move[i][0] / far) * Math.min(far, most);
      at[i][1] += (move[i][1] / far) * Math.min(far, most);
    }
  }
  // Fill the picture, but keep what is round round.
  const xs = at.map((p) => p[0]), ys = at.map((p) => p[1]);
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = Math.min(0.88 / Math.max(right - left, 1e-6), (0.84 * ratio) / Math.max(high - low, 1e-6));
  return at.map(([x, y]) => [0.5 + (x - (left + right) / 2) * scale, 0.5 + ((y - (low + high) / 2) * scale) / ratio]);
}

/** Both ends of every link, by the places of the nodes. */
export function linksOf(recording: Recording): [number, number][] {
  const links = recording.raw!.links ?? [];
  const all: [number, number][] = [];
  for (let i = 0; i + 1 < links.length; i += 2) {
    const a = recording.place.get(links[i]), b = recording.place.get(links[i + 1]);
    if (a !== undefined && b !== undefined) all.push([a, b]);
  }
  return all;
}

export function spotsOf(recording: Recording, view: View): Spot[] {
  const raw = recording.raw!;
  const server = raw.user.map((u) => u === 0);
  let points: Point[];
  if (view === 'map') {
    points = recording.shown.map((node, i) => {
      const [lon, lat] = placeOf(node, raw.regions[raw.region[i]], raw.shown.length > 60 ? 2.6 : 0.8);
      return [(lon - west) / (east - west), (north - lat) / (north - south)];
    });
  } else {
    points = onRing(server);
    if (view === 'graph') points = pulled(points, linksOf(recording));
  }
  return points.map(([x, y], i) => ({ x, y, server: server[i], store: raw.store[i] === 1, attacker: raw.attacker[i] === 1 }));
}
