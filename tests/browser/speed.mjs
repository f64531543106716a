// How fast a report is made, opens, and plays: figures, not verdicts, for they depend on the machine. Arguments: the program, a folder to
// work in, Chromium.
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch, open, runProgram } from './open.mjs';

const [program, work, chromium] = process.argv.slice(2);
rmSync(join(work, 'timed'), { recursive: true, force: true }); // made by another version, perhaps
const run = (name, scenario, ...more) => {
  const folder = join(work, 'timed', name);
  runProgram(program, ['run', scenario, '--quiet', '-o', folder, ...more], work);
  return folder;
};
writeFileSync(join(work, 'many.yaml'), `schema: 1
name: many
question: Does a replay of three thousand nodes play smoothly?
replications: 1
warmup: 1 min
duration: 30 min
settle: 1 min
network: {preset: internet-2019, users: 3000}
systems: {p2p: {protocol: nakamoto, block_interval: 30 s}}
measure: [propagation, stale]
`);
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
const ms = (value) => `${Math.round(value)} ms`;

const pages = [
  ['p2p-vs-central', run('comparison', 'p2p-vs-central')],
  ['10,000 blocks on 100 nodes', run('blocks', 'long-chain', '-r', '1', '--set', 'stop.blocks=10000')],
  ['3,000 nodes', run('nodes', 'many.yaml')],
];

const browser = await launch(work, chromium);
for (const [name, folder] of pages) {
  const report = join(folder, 'report.html');
  const made = [], painted = [], ready = [];
  for (let i = 0; i < 5; i++) {
    const began = performance.now();
    runProgram(program, ['report', folder], work);
    made.push(performance.now() - began);
    const { page, close } = await open(browser, report);
    painted.push(await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime));
    ready.push(await page.evaluate(() => performance.getEntriesByName('ready')[0].startTime));
    await close();
  }
  console.log(`${name}: ${(statSync(report).size / 1e6).toFixed(2)} MB made in ${ms(median(made))}, first paint after ${ms(median(painted))}, all ready after ${ms(median(ready))}`);

  const { page, close } = await open(browser, report);
  await page.locator('#replay').scrollIntoViewIfNeeded();
  await page.click('button.play');
  const frames = await page.evaluate(() => new Promise((done) => {
    let many = 0;
    const began = performance.now();
    const count = (now) => { if (now - began > 4000) done((many / (now - began)) * 1000); else { many++; requestAnimationFrame(count); } };
    requestAnimationFrame(count);
  }));
  await page.click('button.play');
  await page.locator('#tree').scrollIntoViewIfNeeded();
  const scroll = await page.evaluate(() => new Promise((done) => {
    [...document.querySelectorAll('#tree button')].find((b) => b.textContent === 'Open all').click();
    const tree = document.querySelector('.tree');
    let many = 0;
    const began = performance.now();
    const step = (now) => {
      if (now - began > 3000) done((many / (now - began)) * 1000);
      else { many++; tree.scrollLeft += 97; requestAnimationFrame(step); }
    };
    requestAnimationFrame(step);
  }));
  console.log(`  the replay plays at ${frames.toFixed(0)} frames a second, the open tree scrolls at ${scroll.toFixed(0)}`);
  await close();
}
await browser.close();
