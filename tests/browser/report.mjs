// The report in a real browser: it is quiet (no error, no request), its tools work, nobody is shut out (axe-core), and a hostile
// name is only text. Arguments: the program, a folder to work in, the folder of pinned screenshots.
import { mkdirSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { launch, open as openIn, packages, runProgram } from './open.mjs';

const [program, work, pinned, chromium] = process.argv.slice(2);
const axe = readFileSync(packages(work).resolve('axe-core/axe.min.js'), 'utf8');

const problems = [];
const check = (fine, sentence) => {
  console.log(`${fine ? 'ok  ' : 'FAIL'} ${sentence}`);
  if (!fine) problems.push(sentence);
};

// --- results to look at ----------------------------------------------------------------------------------------------
const results = join(work, 'results');
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
const run = (...args) => runProgram(program, args, work);
const hostile = `</script><img src=x onerror=alert(1)><svg onload=alert(2)> "quoted" 'single' &amp;`;
writeFileSync(join(work, 'calm.yaml'), `schema: 1
name: calm
question: How long is a cut of Europe felt, and what would a server do?
seed: 3
replications: 3
warmup: 5 min
duration: 2 h
network: {preset: internet-2019, users: 40}
systems: {p2p: {protocol: nakamoto, block_interval: 20 s}, central: {protocol: central-server}}
workload: [{kind: publish, rate: 4 per min in total}]
timeline: [{at: 40 min, for: 20 min, partition: [region=EU, rest], name: eu-cut}]
expect: [latency.acked.p50@central < latency.acked.p50@p2p]
`);
writeFileSync(join(work, 'hostile.yaml'), readFileSync(join(work, 'calm.yaml'), 'utf8')
  .replace('name: calm', 'name: hostile').replace(/question: .*/, `question: ${JSON.stringify(hostile)}\nlook: [${JSON.stringify(hostile)}]`));
run('run', 'calm.yaml', '-o', join(results, 'calm'));
const bad = '<img src=x onerror=alert(3)>'; // a folder may be called so
run('run', 'hostile.yaml', '-o', join(results, bad), '--set', 'duration=1 h');
run('report', join(results, 'calm'), join(results, bad), '-o', join(results, 'both.html'));

// --- the browser -----------------------------------------------------------------------------------------------------
const browser = await launch(work, chromium);
const open = (file, options) => openIn(browser, file, options);

const calm = join(results, 'calm', 'report.html');
{
  const { page, noise, close } = await open(calm);
  check((await page.textContent('h1')).startsWith('How long is a cut'), 'the question is the headline');
  check((await page.textContent('.answer')).includes('['), 'the answer has its interval');

  const clock = () => page.textContent('output.clock');
  const before = await clock();
  await page.focus('#replay-time');
  await page.keyboard.press('ArrowRight');
  check((await clock()) !== before, 'an arrow moves the replay');
  await page.click('text=Next event');
  check(/begins|ends|fork|undoes/.test(await page.textContent('.news')), 'the next event is named');
  check(page.url().includes('t='), 'the link holds the instant');
  await page.click('button.play');
  await page.waitForTimeout(700);
  const played = await clock();
  await page.click('button.play');
  check(played !== (await page.inputValue('#replay-time')) && played !== before, 'the replay plays');

  check((await page.locator('#tree .block').count()) > 3, 'the tree has blocks');
  await page.fill('#node-0', '17');
  await page.locator('#node-0').blur();
  await page.locator('#tree .block').last().click();
  await page.locator('#tree .block').last().click();
  check(/node 17/.test(await page.textContent('#tree .details')) , 'a block tells when node 17 had it');
  await page.focus('.tree');
  await page.keyboard.press('ArrowLeft');
  check((await page.textContent('#tree .details')).includes('height'), 'arrows walk the tree');

  const saved = async (button) => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.click(`text=${button}`)]);
    return readFileSync(await download.path(), 'utf8');
  };
  check(/^<svg.*<rect/s.test(await saved('Save SVG')), 'the tree is saved as SVG');
  check(/^digraph .* -> /s.test(await saved('Save DOT')), 'the tree is saved as DOT');

  const column = page.locator('table.figures thead th').nth(1);
  await column.locator('button').click();
  check((await column.getAttribute('aria-sort')) === 'ascending', 'a column sorts');
  await page.fill('#find', 'latency acked');
  const rows = await page.locator('table.figures tbody tr:visible').allTextContents();
  check(rows.length > 0 && rows.every((r) => r.includes('latency')), 'a word filters');

  await page.locator('.chart button').first().click();
  check((await page.locator('.uplot canvas').count()) > 0, 'a curve zooms');
  const over = await page.locator('.uplot .u-over').first().boundingBox();
  await page.mouse.move(over.x + over.width / 2, over.y + over.height / 2);
  await page.waitForTimeout(100);
  check((await page.locator('.u-legend').first().textContent()).includes('%'), 'the pointer reads values');
  await page.locator('.u-legend .u-series th').nth(1).click();
  check(/-off=p2p/.test(page.url()), 'the legend switches a curve, and the link holds it');
  check(noise.length === 0, `no error, no request ${noise.join('; ')}`);
  await close();
}
{
  const { page, noise, close } = await open(calm, { hash: '#t=2520.5' });
  check((await page.textContent('output.clock')).startsWith('00:42:00'), 'a link opens at its instant');
  await page.evaluate(() => { location.hash = '#t=3500'; });
  await page.waitForFunction(() => document.querySelector('output.clock').textContent.startsWith('00:58:20'));
  const tips = await page.locator('.scene').first().locator('.dot').evaluateAll((dots) => dots.map((d) => d.style.background));
  check(tips.length > 1 && new Set(tips).size === tips.length, `branches have colours of their own (${tips.join(', ')})`);
  await page.focus('#replay-time');
  await page.keyboard.press('p');
  check(page.url().includes('t=') && !page.url().includes('t=3500'), 'a key goes to the event before');
  await page.emulateMedia({ media: 'print' });
  check(!(await page.locator('nav').isVisible()) && !(await page.locator('#replay').isVisible()) && (await page.locator('button:visible').count()) === (await page.locator('button.sort:visible').count()), 'paper has no buttons and no replay');
  check((await page.evaluate(() => getComputedStyle(document.body).backgroundColor)) === 'rgb(255, 255, 255)', 'paper is white');
  check(noise.length === 0, `a link is quiet ${noise.join('; ')}`);
  await close();
}
for (const [width, dark] of [[1280, false], [1280, true], [400, false], [400, true]]) {
  const { page, noise, close } = await open(calm, { width, dark, hash: '#t=3000' });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  check(wide <= width, `nothing sticks out at ${width} pixels (${wide})`);
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  const said = found.violations.map((v) => `${v.id}: ${v.nodes.slice(0, 2).map((n) => n.html.slice(0, 120)).join(' | ')}`);
  check(said.length === 0, `axe-core finds nothing at ${width}${dark ? ', dark' : ''} ${said.join('; ')}`);
  check(noise.length === 0, `quiet at ${width}${dark ? ', dark' : ''} ${noise.join('; ')}`);
  const name = `report-${width}${dark ? '-dark' : ''}.png`;
  await page.evaluate(() => scrollTo(0, 0));
  const shot = await page.screenshot({ path: join(work, name) });
  await page.screenshot({ path: join(work, `whole-${name}`), fullPage: true });
  check(existsSync(join(pinned, name)) && (await likeness(shot, readFileSync(join(pinned, name)))) < 0.12,
        `the first screen looks as pinned at ${width}${dark ? ', dark' : ''} (now: ${join(work, name)})`);
  await close();
}
{
  const { page, noise, close } = await open(join(results, bad, 'report.html'));
  check((await page.textContent('h1')) === hostile, 'a hostile question is only text');
  check((await page.locator('img').count()) === 0, 'a hostile question makes no element');
  check(noise.length === 0, `a hostile question does nothing ${noise.join('; ')}`);
  await close();
}
{
  const { page, close } = await open(calm, { script: false });
  check((await page.locator('table.figures tbody tr').count()) > 10, 'without a script all figures are there');
  check((await page.locator('.chart svg').count()) > 2, 'without a script all charts are there');
  await close();
}
{
  const { page, noise, close } = await open(join(results, 'both.html'));
  check((await page.locator('#answer > section').count()) === 2, 'two results stand side by side');
  check((await page.locator('img').count()) === 0, 'a hostile folder makes no element');
  check(noise.length === 0, `two results are quiet ${noise.join('; ')}`);
  await close();
}

/** How far two pictures are apart, as the mean difference of colour between their blurred copies, 0 to 1. */
async function likeness(a, b) {
  const page = await browser.newPage();
  const apart = await page.evaluate(async ([one, two]) => {
    const small = async (data) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = 32;
      canvas.height = 32;
      const g = canvas.getContext('2d');
      g.imageSmoothingQuality = 'high';
      g.drawImage(image, 0, 0, 32, 32);
      return g.getImageData(0, 0, 32, 32).data;
    };
    const [x, y] = [await small(one), await small(two)];
    return x.reduce((sum, v, i) => sum + Math.abs(v - y[i]), 0) / x.length / 255;
  }, [a.toString('base64'), b.toString('base64')]);
  await page.close();
  return apart;
}

await browser.close();
if (problems.length > 0) {
  console.log(`\n${problems.length} failed`);
  process.exit(1);
}
