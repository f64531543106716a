// Elements from code. Text is always text: nothing that a user named is ever read as markup.

type Child = Node | string;
type Attributes = Record<string, string | number | boolean | ((e: Event) => void)>;

function dress(element: Element, attributes: Attributes, children: Child[]): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false) element.setAttribute(name, String(value));
  }
  element.append(...children);
}

export function el<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  dress(element, attributes, children);
  return element;
}

export function svg<K extends keyof SVGElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): SVGElementTagNameMap[K] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  dress(element, attributes, children);
  return element;
}

export function save(name: string, type: string, text: string): void {
  const link = el('a', { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

const dark = matchMedia('(prefers-color-scheme: dark)');
export const isDark = (): boolean => dark.matches;
export const onTheme = (then: () => void): void => dark.addEventListener('change', then);

const onLight = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#000000', '#E69F00', '#56B4E9'];
const onDark = ['#56B4E9', '#E69F00', '#2FC79A', '#CC79A7', '#FFFFFF', '#E8703A', '#F0E442'];
export const dashes = [[], [10, 5], [3, 4], [12, 4, 3, 4], [6, 3], [2, 6], [16, 6]];
/** The colour of a series in the pictures. */
export const colour = (series: number): string => (isDark() ? onDark : onLight)[series % 7];
export const css = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
