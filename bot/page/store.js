/**
 * What this tab remembers: sender, turns, draft and language outlive a reload and end with the tab.
 * Where the browser refuses sessionStorage (private modes, full quota) the page's own memory has to do.
 * https://developer.mozilla.org/docs/Web/API/Window/sessionStorage
 */

const PREFIX = "wenhao.";
const memory = new Map();

/** Returns what was kept under a name, or undefined. */
export function kept(name) {
  if (memory.has(name)) return memory.get(name);
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + name)) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps plain data under a name; undefined forgets it. */
export function keep(name, value) {
  memory.set(name, value);
  try {
    if (value === undefined) sessionStorage.removeItem(PREFIX + name);
    else sessionStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // Memory has it.
  }
}
