// The pictures of the README, taken from reports as they are. Arguments: the program, a folder to work in, Chromium, where they go.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { launch, open as openIn, runProgram } from './open.mjs';

const [program, work, chromium, out] = process.argv.slice(2);
rmSync(join(work, 'pictured'), { recursive: true, force: true }); // made by another version, perhaps
const run = (scenario, ...more) => {
  const folder = join(work, 'pictured', scenario);
  runProgram(program, ['run', scenario, '--quiet', '-o', folder, ...more], work);
  return join(folder, 'report.html');
};
const comparison = run('p2p-vs-central', '-r', '3');
const cut = run('partition-and-heal', '-r', '2');
const few = run('links-from-file');

const browser = await launch(work, chromium);
const open = async (file, dark = false, height = 900, hash = '') => {
  const { page } = await openIn(browser, file, { width: 1100, height, dark, hash });
  await page.addStyleTag({ content: '.top { position: static }' }).catch(() => {});
  await page.waitForTimeout(300);
  return page;
};
const first = await open(comparison, false, 1000);
await first.screenshot({ path: join(out, 'report.png') });
const healing = await open(cut, true, 900, `#t=${process.env.AT ?? 20000}`);
await healing.locator('#replay').screenshot({ path: join(out, 'replay.png') });
const tree = await open(cut);
await tree.locator('.tree').evaluate((e) => {
  const forks = [...e.querySelectorAll('svg path')].find((p) => p.getAttribute('d').includes('C'));
  e.scrollLeft = forks ? Number(/M([\d.]+)/.exec(forks.getAttribute('d'))[1]) - 200 : 0;
});
await tree.waitForTimeout(200);
await tree.locator('#tree .block').nth(6).click();
await tree.locator('#tree').screenshot({ path: join(out, 'tree.png') });
const messages = await open(few);
await messages.locator('#r0-chart-space-time .picture').screenshot({ path: join(out, 'space-time.png') });
await browser.close();
