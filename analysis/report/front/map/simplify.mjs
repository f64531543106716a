// Makes src/land.ts: the land of world-atlas (Natural Earth, public domain), simplified, as integers of a tenth of a degree.
// Rings that cross the antimeridian are cut there, so that no outline runs across the map.
import { readFileSync, writeFileSync } from 'node:fs';
import { feature } from 'topojson-client';
import { presimplify, simplify } from 'topojson-simplify';

const world = JSON.parse(readFileSync('node_modules/world-atlas/land-110m.json', 'utf8'));
const light = simplify(presimplify(world), 1.2); // square degrees: smaller corners go
const shapes = feature(light, light.objects.land);

/** Longitudes without jumps: a ring that crosses the antimeridian goes on beyond 180 degrees. */
function unwrapped(ring) {
  let turn = 0;
  return ring.map(([x, y], i) => {
    if (i > 0 && Math.abs(x - ring[i - 1][0]) > 180) turn += x < ring[i - 1][0] ? 360 : -360;
    return [x + turn, y];
  });
}

/** The part of a ring on one side of a meridian (Sutherland and Hodgman 1974). */
function cut(ring, meridian, side) {
  const inside = ([x]) => (x - meridian) * side >= 0;
  return ring.flatMap((point, i) => {
    const before = ring[(i + ring.length - 1) % ring.length];
    const at = (meridian - before[0]) / (point[0] - before[0]);
    const edge = [meridian, before[1] + at * (point[1] - before[1])];
    if (inside(point)) return inside(before) ? [point] : [edge, point];
    return inside(before) ? [edge] : [];
  });
}

const rings = [];
for (const shape of shapes.features ?? [shapes]) {
  const many = shape.geometry.type === 'MultiPolygon' ? shape.geometry.coordinates : [shape.geometry.coordinates];
  for (const polygon of many) {
    for (const ring of polygon.flatMap((r) => [-360, 0, 360].map((by) =>
      cut(cut(unwrapped(r).map(([x, y]) => [x + by, y]), -180, 1), 180, -1))).filter((r) => r.length > 2)) {
      const points = ring.map(([x, y]) => [Math.round(x * 10), Math.round(y * 10)]);
      const flat = points.filter(([x, y], i) => i === 0 || x !== points[i - 1][0] || y !== points[i - 1][1]);
      if (flat.length < 4 || flat.every(([, y]) => y < -600)) continue; // nobody lives in Antarctica
      rings.push(flat.flatMap(([x, y], i) => (i === 0 ? [x, y] : [x - flat[i - 1][0], y - flat[i - 1][1]])));
    }
  }
}
const text = `// Made by map/simplify.mjs from world-atlas 2.0.2 (Natural Earth, public domain).
// Rings in tenths of a degree: longitude, latitude, then steps to the next point.
export const land: number[][] = [
${rings.map((r) => `  [${r.join(',')}],`).join('\n')}
];
`;
writeFileSync('src/land.ts', text);
