// Keys, selecting many rows, dialogs. Everything that changes something is a form, which works without this file too.
// State that outlives a swap of the page's main part is kept here.
let anchor = null; // the row that was selected last, from which a range goes on
let cursor = null; // the row that keys are about
let marked = null; // what was marked in a text: {text, part}

const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.getClientRects().length);
const focusOf = (row) => (row.matches("[data-focus]") ? row : row.querySelector("[data-focus]"));
const boxOf = (row) => row?.querySelector('input[type="checkbox"]');
const chosen = () => [...document.querySelectorAll(".texts input:checked")];

// A finger has no cursor: it chooses by the boxes alone.
const finger = () => matchMedia("(pointer: coarse)").matches;

function current() {
  const focused = document.activeElement?.closest("[data-row]");
  return focused ?? (cursor?.isConnected ? cursor : null);
}

function point(row) {
  document.querySelectorAll(".row.current").forEach((other) => other.classList.remove("current"));
  cursor = row;
  row?.classList.add("current");
}

function move(step) {
  const all = rows();
  const at = all.indexOf(current());
  const next = all[Math.min(all.length - 1, Math.max(0, at + (at < 0 && step < 0 ? 0 : step)))];
  if (!next) return;
  focusOf(next).focus();
  next.scrollIntoView({ block: "nearest" });
}

function choose(row, on) {
  const box = boxOf(row);
  if (box && !box.disabled) box.checked = on;
}

function chooseRange(row, on) {
  const all = rows();
  const [from, to] = [all.indexOf(anchor), all.indexOf(row)].sort((one, other) => one - other);
  all.slice(Math.max(0, from), to + 1).forEach((each) => choose(each, on));
}

function toggle(row, range) {
  const box = boxOf(row);
  if (!box) return;
  const on = !box.checked;
  if (range && anchor?.isConnected) chooseRange(row, on);
  else choose(row, on);
  anchor = row;
  tell();
}

function tell() {
  const place = document.getElementById("chosen");
  if (!place) return;
  const count = chosen().length;
  place.hidden = !count && finger();
  place.textContent = count ? place.dataset.some.replace("{count}", count) : place.dataset.none;
  const all = document.getElementById("all");
  if (all) {
    all.checked = count > 0 && count === rows().length;
    all.indeterminate = count > 0 && !all.checked;
  }
}

function open(name) {
  const part = document.getElementById(name);
  if (!part) return;
  if (part.tagName === "DIALOG") {
    part.showModal();
  } else {
    const others = [...document.querySelectorAll(".panel.open")].filter((other) => other !== part);
    others.forEach((other) => other.classList.remove("open"));
    part.classList.add("open");
    part.scrollIntoView({ block: "nearest" });
    part.querySelector('input[type="search"]')?.focus();
  }
}

function close() {
  const panels = document.querySelectorAll(".panel.open");
  panels.forEach((panel) => panel.classList.remove("open"));
  const row = current() ?? rows()[0];
  if (panels.length && row) focusOf(row).focus();
  else document.activeElement?.blur();
}

function redact(button) {
  const own = button.dataset.redact;
  const text = marked && marked.text !== own && !document.activeElement?.closest("[data-row]") ? marked.text : own;
  const from = document.querySelector(`[data-redact="${text}"]`) ?? button;
  const dialog = document.getElementById("redact");
  const form = dialog.querySelector("form");
  form.action = `/texts/${from.dataset.redact}/redact`;
  form.elements.version.value = from.dataset.version;
  const whole = document.querySelector(`[data-text="${from.dataset.redact}"]`);
  const said = [...whole.querySelectorAll(".said")].map((part) => part.textContent).join("");
  form.elements.part.value = marked?.text === from.dataset.redact ? marked.part : said;
  dialog.showModal();
  form.elements.part.focus();
  // Without a mouse: shift and the arrows mark what is to go, the rest is cut off by Enter alone.
  if (marked?.text !== from.dataset.redact) form.elements.part.select();
}

function target(key) {
  const row = current() ?? rows()[0];
  const inRow = row?.querySelector(`[data-row-key][data-key="${CSS.escape(key)}"]`);
  const found = inRow ?? document.querySelector(`[data-key="${CSS.escape(key)}"]:not([data-row-key])`);
  return found;
}

function press(key) {
  // While a decision is on its way the rows are those of before.
  if (document.querySelector("#decide.htmx-request, .last.htmx-request")) return true;
  const found = target(key);
  if (!found) return false;
  const hidden = !found.getClientRects().length && !found.closest(".panel");
  if (hidden) return false;
  if (found.matches('input:not([type="checkbox"])')) found.focus();
  else found.click();
  return true;
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  x: () => toggle(current() ?? rows()[0], false),
  X: () => toggle(current() ?? rows()[0], true),
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches('input:not([type="checkbox"], [type="radio"]), textarea, select');
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest(".panel") && typing) return inPanel(event);
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") return close();
  if (typing) return;
  if (KEYS[event.key]) KEYS[event.key]();
  else if (event.key.length !== 1 || event.key === " " || !press(event.key)) return;
  event.preventDefault();
});

function inPanel(event) {
  const buttons = [...event.target.closest(".panel").querySelectorAll(".found button")];
  if (event.key === "Escape") close();
  else if (event.key === "ArrowDown") buttons[0]?.focus();
  else if (event.key === "Enter" && event.target.type === "search") buttons[0]?.click();
  else return;
  event.preventDefault();
}

document.addEventListener("focusin", (event) => {
  const row = event.target.closest("[data-row]");
  if (row) point(row);
});

document.addEventListener(
  "click",
  (event) => {
    const { target: clicked } = event;
    // Marking a part of a text with the mouse ends in a click on it.
    if (clicked.closest("label[data-text]") && !getSelection().isCollapsed) return event.preventDefault();
    const box = clicked.closest('.texts input[type="checkbox"]');
    if (box) {
      const row = box.closest("[data-row]");
      if (event.shiftKey && anchor?.isConnected) chooseRange(row, box.checked);
      anchor = row;
      tell();
    }
    if (clicked.id === "all") {
      rows().forEach((row) => choose(row, clicked.checked));
      tell();
    }
    const opener = clicked.closest("[data-open]");
    if (opener) open(opener.dataset.open);
    const redacting = clicked.closest("[data-redact]");
    if (redacting) redact(redacting);
    if (clicked.closest("[data-close]")) clicked.closest("dialog").close();
    const deed = clicked.closest('button[name="deed"]');
    // Where nothing is selected, a decision is about the row that the cursor is on.
    if (deed && !/^(reopen|merge)/.test(deed.value) && !chosen().length) choose(cursor?.isConnected ? cursor : null, true);
  },
  true,
);

document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  const node = selection.anchorNode;
  const text = (node?.nodeType === 3 ? node.parentElement : node)?.closest?.("[data-text]");
  if (text && !selection.isCollapsed && text.contains(selection.focusNode)) {
    marked = { text: text.dataset.text, part: selection.toString() };
  } else if (text || !document.querySelector("dialog[open]")) {
    marked = null;
  }
});

function settle() {
  marked = null;
  anchor = null;
  const first = rows()[0];
  if (first && !finger() && !document.querySelector("dialog[open]")) focusOf(first).focus({ preventScroll: true });
  tell();
}

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id !== "main") return;
  const said = document.querySelector('#main [role="alert"]') ?? document.querySelector("#main .last span");
  document.getElementById("status").textContent = said?.textContent.trim() ?? "";
  settle();
});
// What a job did shows in the rest of the page when it is over.
document.addEventListener("htmx:afterRequest", (event) => {
  const job = event.detail.requestConfig.elt;
  if (job.matches(".job") && !document.getElementById(job.id)?.hasAttribute("hx-get")) location.reload();
});

document.documentElement.classList.add("script");
document.querySelector("form[data-submit]")?.requestSubmit();
settle();
