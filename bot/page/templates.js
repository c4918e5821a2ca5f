/** The pieces index.html keeps in its templates. */

import { translate } from "./words.js";

/** Returns a new element of the template `<name>-template`, in the page's language. */
export function fromTemplate(name) {
  const element = document.getElementById(`${name}-template`).content.firstElementChild.cloneNode(true);
  translate(element);
  return element;
}
