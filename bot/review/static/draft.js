// What was typed into a draft and is not kept yet stays in this browser, over a reload or a crash, until it is.
const placeOf = (form) => `unsent ${form.getAttribute("action")}`;

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-kept]");
  if (!form) return;
  const fields = [...new FormData(form)].filter(([name]) => name !== "csrf");
  localStorage.setItem(placeOf(form), JSON.stringify(fields));
});

function fillIn() {
  const form = document.querySelector("form[data-kept]");
  const unsent = form && localStorage.getItem(placeOf(form));
  if (!unsent) return;
  const fields = JSON.parse(unsent);
  const [, version] = fields.find(([name]) => name === "version") ?? [];
  // Of an older version somebody else knows more by now.
  if (version !== form.elements.version.value) return localStorage.removeItem(placeOf(form));
  for (const box of form.querySelectorAll('input[type="checkbox"]')) {
    box.checked = fields.some(([name, value]) => name === box.name && value === box.value);
  }
  for (const [name, value] of fields) {
    const field = form.elements[name];
    if (field?.matches?.('input:not([type="checkbox"]), textarea, select')) field.value = value;
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("htmx:beforeRequest", (event) => {
  // From here on it is on its way; what is typed meanwhile is noted anew.
  if (event.detail.elt.matches("form[data-kept]")) event.detail.elt.dataset.sent = localStorage.getItem(placeOf(event.detail.elt));
});
document.addEventListener("htmx:afterRequest", (event) => {
  const { elt: form, successful } = event.detail;
  if (!form.matches("form[data-kept]") || !successful) return;
  if (localStorage.getItem(placeOf(form)) === form.dataset.sent) localStorage.removeItem(placeOf(form));
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-kept]")) return;
  localStorage.removeItem(placeOf(form));
  // What is being kept comes first: the form carries the version that this makes.
  if (form.matches(".htmx-request")) {
    event.preventDefault();
    form.addEventListener("htmx:afterRequest", () => setTimeout(() => form.requestSubmit(event.submitter)), { once: true });
  }
});

// htmx listens from when the document is ready.
addEventListener("load", fillIn);
