// The pictures of the README, taken from reports as they are. Arguments: the program, a folder to work in, Chromium, where they go.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [program, work, chromium, out] = process.argv.slice(2);
const { chromium: driver } = createRequire(join(work, 'package.json'))('playwright-core');
const run = (scenario, ...more) => {
  const folder = join(work, 'pictured', scenario);
  try {
    execFileSync(program, ['run', scenario, '--quiet', '-o', folder, ...more], { cwd: work, stdio: 'inherit' });
  } catch (error) {
    if (error.status !== 1) throw error; // 1: an expectation failed, which is an answer too
  }
  return pathToFileURL(join(folder, 'report.html')).href;
};
const comparison = run('p2p-vs-central', '-r', '3');
const cut = run('partition-and-heal', '-r', '2');

const browser = await driver.launch({
  executablePath: chromium, headless: true, timeout: 300_000,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
         '--disable-component-update', '--disable-sync'],
});
const open = async (url, dark = false, height = 900) => {
  const context = await browser.newContext({ viewport: { width: 1100, height }, colorScheme: dark ? 'dark' : 'light', offline: true });
  const page = await context.newPage();
  await page.goto(url, { timeout: 300_000 });
  await page.addStyleTag({ content: '.top { position: static }' }).catch(() => {});
  await page.waitForTimeout(500);
  return page;
};
const first = await open(comparison, false, 1000);
await first.screenshot({ path: join(out, 'report.png') });
const healing = await open(`${cut}#t=${process.env.AT ?? 20000}`, true);
await healing.locator('#replay').screenshot({ path: join(out, 'replay.png') });
const tree = await open(cut);
await tree.locator('.tree').evaluate((e) => {
  const forks = [...e.querySelectorAll('svg path')].find((p) => p.getAttribute('d').includes('C'));
  e.scrollLeft = forks ? Number(/M([\d.]+)/.exec(forks.getAttribute('d'))[1]) - 200 : 0;
});
await tree.waitForTimeout(200);
await tree.locator('#tree .block').nth(6).click();
await tree.locator('#tree').screenshot({ path: join(out, 'tree.png') });
await browser.close();
