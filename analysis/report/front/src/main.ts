import './report.css';
import { enhanceCharts } from './charts';
import { pageData } from './data';
import { el } from './dom';
import { replaySection } from './replay';
import { enhanceTables } from './tables';
import { treeSection } from './tree';

/** Everything but the text, once that is on the screen: a page is read before it is played with. */
function enliven(): void {
  const data = pageData();
  const stage = document.getElementById('stage')!;
  const nav = document.querySelector('nav')!;
  for (const [section, title] of [[treeSection(data.runs), 'Block tree'], [replaySection(data.runs), 'Replay']] as const) {
    if (!section) continue;
    stage.append(section);
    nav.querySelector('[href="#charts"]')?.before(el('a', { href: `#${section.id}` }, title), ' ');
  }
  enhanceTables();
  enhanceCharts(data.charts);
  for (const command of document.querySelectorAll<HTMLElement>('pre.command')) {
    if (!navigator.clipboard) break;
    const button = el('button', { type: 'button', class: 'copy' }, 'Copy');
    button.addEventListener('click', () => {
      void navigator.clipboard.writeText(command.textContent ?? '').then(() => { button.textContent = 'Copied'; });
    });
    command.after(button);
  }
  addEventListener('beforeprint', () => document.querySelectorAll('details').forEach((d) => { d.open = true; }));
  // A link to what the script made is followed now that it is there.
  const target = location.hash.includes('=') ? null : document.getElementById(location.hash.slice(1));
  if (target && document.getElementById('stage')!.contains(target)) target.scrollIntoView();
  performance.mark('ready');
}

let alive = false;
const once = (): void => {
  if (alive) return;
  alive = true;
  enliven();
};
requestAnimationFrame(() => setTimeout(once));
setTimeout(once, 200); // a page in the background is not painted
