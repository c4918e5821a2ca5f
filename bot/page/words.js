/** The page's own words, from words.json. What the bot says comes from the server in the asker's language. */

import { kept, keep } from "./store.js";

const WORDS = await (await fetch(new URL("words.json", import.meta.url))).json();
const HTML_LANGUAGES = { en: "en", zh: "zh-Hans" };
const ATTRIBUTES = {
  "data-word-label": "aria-label",
  "data-word-title": "title",
  "data-word-placeholder": "placeholder",
};

let language = kept("language") ?? preferred();

function preferred() {
  const known = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).filter((tag) => tag in WORDS);
  return known[0] ?? "en";
}

/** Returns the language the page speaks: "en" or "zh". */
export function pageLanguage() {
  return language;
}

/** Lets the page speak another language. */
export function choose(chosen) {
  language = chosen;
  keep("language", chosen);
  document.documentElement.lang = HTML_LANGUAGES[chosen];
}

/** Returns the page's word for a key, in a reply's language where one is given, with {n} filled in. */
export function say(key, { n = "", language: wanted = language } = {}) {
  const word = (WORDS[wanted] ?? WORDS[language])[key];
  return typeof word === "string" ? word.replace("{n}", n) : word;
}

/** Writes the words into every element below `root` that names one in a data-word attribute. */
export function translate(root) {
  for (const element of root.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
  for (const [key, attribute] of Object.entries(ATTRIBUTES)) {
    for (const element of root.querySelectorAll(`[${key}]`)) {
      element.setAttribute(attribute, say(element.getAttribute(key)));
    }
  }
}
