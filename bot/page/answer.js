/** Draws a reply. Every string goes in as textContent: nothing the server sends can become markup. */

import { splitChoices, toLink } from "./reply.js";
import { fromTemplate } from "./templates.js";
import { say } from "./words.js";

/** Returns the element that shows one reply. */
export function toAnswer(reply) {
  const element = fromTemplate("answer");
  if (reply.language) element.lang = reply.language;
  element.querySelector(".unseen").textContent = say("wenhao", reply);
  const parts = reply.parts ?? [];
  element.append(...(parts.length ? parts.map((part) => toPart(part, reply)) : toPlain(reply)));
  if (isPage(reply.page)) element.append(toPageLink(reply));
  return element;
}

/** Only a path on this server is followed. */
function isPage(path) {
  return typeof path === "string" && /^\/pages\/[\w-]+$/.test(path);
}

function toPageLink(reply) {
  const link = filled("a", say("plan", reply));
  link.href = reply.page;
  link.target = "_blank";
  const paragraph = document.createElement("p");
  paragraph.className = "page-link";
  paragraph.append(link);
  return paragraph;
}

function toPlain(reply) {
  const { text, choices } = splitChoices(reply);
  const paragraph = document.createElement("p");
  paragraph.className = "plain";
  paragraph.textContent = text;
  if (!choices.length) return [paragraph];
  const list = document.createElement("ul");
  list.className = "offered";
  list.append(...choices.map((choice) => filled("li", choice)));
  return [paragraph, list];
}

function toPart(part, reply) {
  const element = fromTemplate("part");
  fillOrDrop(element, ".part-title", part.title);
  fillOrDrop(element, ".lead", part.lead);
  fillOrDrop(element, ".reason", part.reason);
  fillTable(element.querySelector(".table-scroll"), part.table, part.title);
  fillSource(element.querySelector(".source"), part.source);
  fillChanges(element.querySelector(".changes"), part.changes ?? [], reply);
  return element;
}

function fillOrDrop(element, selector, text) {
  const target = element.querySelector(selector);
  if (text) target.textContent = text;
  else target.remove();
}

function fillTable(element, table, title) {
  if (!table) return element.remove();
  element.setAttribute("aria-label", title);
  element.querySelector("caption").textContent = title;
  // A column heading without text would be announced as an empty one.
  element.querySelector("thead tr").append(...table.columns.map((text) => heading(text ? "th" : "td", text, "col")));
  element.querySelector("tbody").append(...table.rows.map(toRow));
}

function toRow([first, ...cells]) {
  const row = document.createElement("tr");
  row.append(heading("th", first, "row"), ...cells.map((text) => filled("td", text)));
  return row;
}

function heading(tag, text, scope) {
  const cell = filled(tag, text);
  if (tag === "th") cell.scope = scope;
  return cell;
}

function fillSource(element, source) {
  if (!source) return element.remove();
  const href = toLink(source.url);
  if (!href) return (element.querySelector(".source-text").textContent = source.text);
  const link = filled("a", source.text);
  Object.assign(link, { href, target: "_blank", rel: "noopener", className: "source-text" });
  element.querySelector(".source-text").replaceWith(link);
}

function fillChanges(element, changes, reply) {
  if (!changes.length) return element.remove();
  element.querySelector(".changes-title span").textContent = say("then_and_now", reply);
  element.querySelector("ul").append(...changes.map((change) => filled("li", change)));
}

function filled(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
