// The page's state in the part of its address behind `#`, so that a link shows the same thing: `#t=3605.2&node=17`.
// A name alone, such as `#charts`, is a place on the page and is left to the browser.

function read(): URLSearchParams {
  const text = location.hash.slice(1);
  return new URLSearchParams(text.includes('=') ? text : '');
}

export const get = (key: string): string | null => read().get(key);

export function set(key: string, value: string | null): void {
  const all = read();
  if (value === null || value === '') all.delete(key);
  else all.set(key, value);
  const text = all.toString();
  try {
    history.replaceState(null, '', text ? `#${text}` : '#');
  } catch {
    // Some readers of local files allow no addresses; the page works without.
  }
}

export const onChange = (then: () => void): void => addEventListener('hashchange', then);
