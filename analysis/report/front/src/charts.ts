// Curves that zoom: drag across to enlarge, double-click to see all again; a legend that switches curves and says the exact
// value and its interval under the pointer. The static picture stays until somebody asks for this.
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { ChartData, CurveData } from './data';
import { colour, css, dashes, el, onTheme } from './dom';
import * as link from './link';
import { seconds, share } from './words';

/** Where people look for times. */
const steps = [1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1, 10, 60, 600, 3600, 21600, 86400, 864000, 8640000];

/** Ticks whose labels have room beside each other on an axis that is so many pixels wide. */
function ticks(min: number, max: number, width: number): number[] {
  const usual = steps.filter((t) => t >= min && t <= max);
  const all = usual.length > 1 ? usual : [0, 1, 2, 3, 4].map((i) => Number((min * (max / min) ** (i / 4)).toPrecision(2)));
  const at = (t: number): number => (Math.log(t / min) / Math.log(max / min)) * width;
  return all.reduce<number[]>((kept, t) => (kept.length > 0 && at(t) - at(kept[kept.length - 1]) < 62 ? kept : [...kept, t]), []);
}

interface Point { value: number; low: number; high: number; left: number; right: number }

/** All curves on one common axis of times, with what belongs to each point. */
function joined(curves: CurveData[]): { data: uPlot.AlignedData; points: Map<number, Point>[] } {
  // Two shares at one instant are two points all the same: the second stands a millionth later.
  const points = curves.map((curve) => new Map(curve.dots.filter((d) => d[0] !== null && d[0] > 0).map((d, i, all): [number, Point] => (
    [d[0]! * (1 + 1e-6 * all.slice(0, i).filter((e) => e[0] === d[0]).length), { value: d[1], low: d[4] ?? d[1], high: d[5] ?? d[1], left: d[2] ?? d[0]!, right: d[3] ?? Infinity }]))));
  const times = [...new Set(points.flatMap((p) => [...p.keys()]))].sort((a, b) => a - b);
  const column = (p: Map<number, Point>, of: (x: Point) => number) => times.map((t) => (p.has(t) ? of(p.get(t)!) : undefined));
  const data = [times, ...points.map((p) => column(p, (x) => x.value)), ...points.map((p) => column(p, (x) => x.high)),
                ...points.map((p) => column(p, (x) => x.low))];
  return { data: data as uPlot.AlignedData, points };
}

function words(point: Point | undefined, time: number): string {
  if (!point) return '-';
  const upright = point.low !== point.high ? ` [${share(point.low)}, ${share(point.high)}]` : '';
  const across = point.left !== point.right ? ` [${seconds(point.left)}, ${Number.isFinite(point.right) ? seconds(point.right) : 'never'}]` : '';
  return `${share(point.value)}${upright}${across ? ` at ${seconds(time)}${across}` : ''}`;
}

function draw(place: HTMLElement, chart: ChartData, hidden: Set<string>): uPlot {
  const { data, points } = joined(chart.curves);
  const many = chart.curves.length;
  const ink = css('--ink'), line = css('--line');
  const unseen = (): uPlot.Series => ({ show: true, stroke: 'transparent', width: 0, points: { show: false }, spanGaps: true });
  const axis = { stroke: ink, grid: { stroke: line, width: 1 }, ticks: { stroke: line }, font: '14px system-ui, sans-serif', labelFont: 'bold 14px system-ui, sans-serif' };
  const height = Math.max(280, Math.min(420, place.clientWidth * 0.5));
  const plot = new uPlot({
    width: place.clientWidth, height,
    scales: { x: { time: false, distr: 3, range: (_u, min, max) => (min < max * 0.99 ? [min / 1.05, max * 1.05] : [min / 2, max * 2]) }, y: { range: [0, 1.02] } },
    axes: [{ ...axis, label: place.clientWidth < 480 ? chart.time.split(',')[0] : chart.time, splits: (u, _axis, min, max) => ticks(min, max, u.width - 90), filter: (_u, splits) => splits, values: (_u, splits) => splits.map((s) => (s === null ? '' : s === 60 ? '1 min' : s === 3600 ? '1 h' : s === 86400 ? '1 d' : seconds(s))), space: 70 },
           { ...axis, label: chart.share, size: 64, values: (_u, splits) => splits.map((s) => share(s)) }],
    series: [
      { label: 'time', value: (_u, v) => (v === null || v === undefined ? '-' : seconds(v)) },
      ...chart.curves.map((curve, i): uPlot.Series => ({
        label: curve.label, stroke: colour(curve.series), width: 3, dash: dashes[curve.series % 7], spanGaps: true,
        show: !hidden.has(curve.label), points: { show: true, size: 9, fill: colour(curve.series) },
        value: (_u, _v, _s, index) => (index === null ? (curve.dots.length ? '-' : curve.note || '-') : words(points[i].get((data[0] as number[])[index]), (data[0] as number[])[index])),
      })),
      ...chart.curves.flatMap(() => [unseen()]), ...chart.curves.flatMap(() => [unseen()]),
    ],
    bands: chart.curves.map((curve, i) => ({ series: [1 + many + i, 1 + 2 * many + i] as [number, number], fill: `${colour(curve.series)}30` })),
    legend: { live: true },
    cursor: { drag: { x: true, y: false }, focus: { prox: 30 } },
    hooks: {
      setSeries: [(u) => {
        chart.curves.forEach((curve, i) => (u.series[1 + i].show ? hidden.delete(curve.label) : hidden.add(curve.label)));
        link.set(`${chart.id}-off`, [...hidden].join('|') || null);
      }],
    },
  }, data, place);
  // The ends of intervals have no entry of their own in the legend, and follow their curve.
  plot.root.querySelectorAll<HTMLElement>('.u-legend .u-series').forEach((row, i) => { if (i > many) row.hidden = true; });
  return plot;
}

export function enhanceCharts(charts: ChartData[]): void {
  for (const chart of charts) {
    const figure = document.getElementById(chart.id);
    const picture = figure?.querySelector<HTMLElement>('.picture');
    if (!figure || !picture) continue;
    const place = el('div', { class: 'zoomed', hidden: true });
    const hidden = new Set((link.get(`${chart.id}-off`) ?? '').split('|').filter(Boolean));
    let plot: uPlot | null = null;
    const show = (wanted: boolean): void => {
      place.hidden = !wanted;
      picture.hidden = wanted;
      button.setAttribute('aria-pressed', String(wanted));
      button.textContent = wanted ? 'Picture' : 'Zoom and hover';
      plot?.destroy();
      plot = wanted ? draw(place, chart, hidden) : null;
      link.set(chart.id, wanted ? 'zoom' : null);
    };
    const button = el('button', { type: 'button', 'aria-pressed': 'false', click: () => show(place.hidden) }, 'Zoom and hover');
    picture.before(el('div', { class: 'tools' }, button), place);
    if (link.get(chart.id) === 'zoom') show(true);
    onTheme(() => { if (plot) show(true); });
    addEventListener('resize', () => { if (plot) plot.setSize({ width: place.clientWidth, height: plot.height }); });
  }
}
