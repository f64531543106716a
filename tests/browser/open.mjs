// Chromium without a network, and a page in it that notes whatever is not quiet: errors, warnings, requests, dialogs.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const patience = 300_000; // milliseconds: the machine may be busy

export const packages = (work) => createRequire(join(work, 'package.json'));

export const launch = (work, chromium) => packages(work)('playwright-core').chromium.launch({
  executablePath: chromium, headless: true, timeout: patience,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
         '--disable-component-update', '--disable-sync'],
});

/** Runs the program. An expectation that failed is an answer too; any other failure is thrown with what was said. */
export function runProgram(program, args, cwd) {
  try {
    execFileSync(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 });
  } catch (error) {
    if (error.status !== 1) throw error;
  }
}

export async function open(browser, file, { width = 1280, height = 900, dark = false, script = true, hash = '' } = {}) {
  const context = await browser.newContext({
    viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', javaScriptEnabled: script, offline: true });
  const page = await context.newPage();
  const noise = [];
  const url = pathToFileURL(file).href;
  page.on('console', (m) => { if (['error', 'warning'].includes(m.type())) noise.push(m.text()); });
  page.on('pageerror', (e) => noise.push(String(e)));
  page.on('request', (r) => { if (!r.url().startsWith(url)) noise.push(`request ${r.url()}`); });
  page.on('dialog', (d) => { noise.push(`dialog ${d.message()}`); void d.dismiss(); });
  page.setDefaultTimeout(patience);
  await page.goto(url + hash, { timeout: patience });
  if (script) await page.waitForFunction(() => performance.getEntriesByName('ready').length > 0);
  await page.waitForTimeout(300);
  return { page, noise, close: () => context.close() };
}
