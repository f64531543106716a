// Numbers for people, as the rest of the page says them.

export function seconds(s: number): string {
  const v = Math.abs(s);
  if (v === 0) return '0 s';
  const [size, unit] = v < 1e-3 ? [1e-6, 'us'] : v < 1 ? [1e-3, 'ms'] : v < 120 ? [1, 's'] : v < 7200 ? [60, 'min']
    : v < 172800 ? [3600, 'h'] : [86400, 'd'];
  return `${Number((s / (size as number)).toPrecision(3))} ${unit}`;
}

export function share(v: number): string {
  const p = v * 100;
  return `${p > 99 && p < 100 ? Number(p.toFixed(3)) : Number(p.toPrecision(3))} %`;
}

/** `1:02:03.4`, for a clock. */
export function clock(s: number): string {
  const whole = Math.floor(s);
  const two = (n: number) => String(n).padStart(2, '0');
  const days = Math.floor(whole / 86400);
  const text = `${two(Math.floor(whole / 3600) % 24)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}.${Math.floor((s - whole) * 10)}`;
  return days > 0 ? `day ${days + 1}, ${text}` : text;
}

export const count = (n: number): string => n.toLocaleString('en-US');
