// The report of every scenario that ships, opened in a browser: no error, no request, nothing that sticks out of the page, and every
// tool that is there answers. Scenarios run as --quick says. Arguments: the program, a folder to work in, Chromium, the folder of
// scenarios, which: `few` (one of each sort), `all`, or names. What was run before is not run again; SHOTS=1 keeps pictures.
import { readdirSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { launch, open, runProgram } from './open.mjs';

const [program, work, chromium, where, ...wanted] = process.argv.slice(2);
const scenarios = resolve(where);
// One of each sort of page: small and drawn message by message, a sweep, a claim over a grid, an attack beside its calm twin, a cut.
const few = ['links-from-file', 'block-interval', 'selfish', 'halves', 'no-controlling-party'];

const files = readdirSync(scenarios, { recursive: true }).map(String).filter((f) => f.endsWith('.yaml')).sort();
const chosen = files.filter((f) => {
  const name = basename(f, '.yaml');
  return wanted[0] === 'all' || (wanted[0] === 'few' ? few : wanted).includes(name);
});
if (chosen.length === 0) throw new Error(`no scenario of ${wanted.join(' ')} in ${scenarios}`);

const results = join(work, 'every');
mkdirSync(results, { recursive: true });
const browser = await launch(work, chromium);
let failed = 0;
for (const file of chosen) {
  const name = basename(file, '.yaml');
  const folder = join(results, name);
  const report = join(folder, 'report.html');
  const problems = [];
  const started = Date.now();
  try {
    runProgram(program, ['run', join(scenarios, file), '--quick', '--quiet', '-j', '1', '-o', folder], work);
  } catch (error) {
    problems.push(`does not run: ${String(error.stderr ?? error).slice(-400)}`);
  }
  const ran = Date.now() - started;
  let ready = 0, paint = 0;
  if (existsSync(report)) {
    for (const [width, dark] of [[1280, false], [400, true]]) {
      const { page, noise, close } = await open(browser, report, { width, dark });
      const times = await page.evaluate(() => [performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
                                               performance.getEntriesByName('ready')[0].startTime]);
      if (width === 1280) [paint, ready] = times;
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) problems.push(`${wide} pixels wide at ${width}`);
      for (const words of ['Next event', 'Zoom and hover', 'Open all', 'Close all', 'Ring', 'Map', 'Next block']) {
        const button = page.locator(`button:text-is("${words}")`).first();
        if ((await button.count()) > 0 && (await button.isVisible())) await button.click();
      }
      const block = page.locator('#tree .block').first();
      if ((await block.count()) > 0) await block.click();
      const broken = await page.evaluate(() => /\b(NaN|undefined|Infinity|null)\b/.exec(document.body.innerText)?.[0] ?? '');
      if (broken) problems.push(`the page says ${broken}`);
      if (process.env.SHOTS) await page.screenshot({ path: join(results, `${name}-${width}.png`), fullPage: true });
      problems.push(...noise.map((n) => `${width}: ${n}`));
      await close();
    }
  } else if (problems.length === 0) {
    problems.push('no report');
  }
  const size = existsSync(report) ? `${(statSync(report).size / 1e6).toFixed(2)} MB` : '-';
  console.log(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${name}: ${size}, painted after ${Math.round(paint)} ms, ready after ${Math.round(ready)} ms, run in ${(ran / 1000).toFixed(1)} s${problems.map((p) => `\n       ${p}`).join('')}`);
  if (problems.length > 0) failed++;
}
await browser.close();
console.log(`${chosen.length - failed} of ${chosen.length} reports are quiet`);
process.exit(failed > 0 ? 1 : 0);
