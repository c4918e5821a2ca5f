/** The chat page: puts the pieces together and keeps the conversation. */

import { ask, newSender, Unanswered } from "./ask.js";
import { Composer } from "./composer.js";
import { keep, kept } from "./store.js";
import { fromTemplate } from "./templates.js";
import { Turn } from "./turn.js";
import { choose, pageLanguage, say, translate } from "./words.js";

const MOST_KEPT = 100;
const log = document.getElementById("log");
const welcome = document.getElementById("welcome");
const restart = document.getElementById("restart");
const languageButtons = [...document.querySelectorAll("[data-language]")];
const composer = new Composer(document.getElementById("composer"), {
  onQuestion: put,
  onDraft: (text) => keep("draft", text || undefined),
});

let newest = null;
let records = [];

function speak(language) {
  choose(language);
  translate(document);
  for (const button of languageButtons) button.setAttribute("aria-pressed", button.dataset.language === language);
  document.getElementById("openings").replaceChildren(...say("openings").map(toOpening));
  composer.update();
}

function toOpening({ topic, question }) {
  const element = fromTemplate("opening");
  element.querySelector(".opening-topic").textContent = topic;
  element.querySelector(".opening-question").textContent = question;
  element.querySelector("button").addEventListener("click", () => put(question));
  return element;
}

/** Puts a question to the bot, unless it is still at work on the last one. */
function put(question) {
  if (composer.isBusy) return;
  const record = { question, messages: null };
  records = [...records, record].slice(-MOST_KEPT);
  request(record, show(record));
}

function show(record) {
  newest?.withdraw();
  newest = new Turn(record.question);
  log.append(newest.element);
  welcome.hidden = true;
  return newest;
}

async function request(record, turn) {
  if (composer.isBusy) return;
  composer.busy = true;
  keep("records", records);
  turn.wait();
  reveal(turn);
  try {
    const messages = await ask(record.question, kept("sender"));
    if (turn.element.isConnected) present(record, turn, messages);
  } catch (error) {
    if (!(error instanceof Unanswered)) console.error(error);
    turn.fail(error.reason ?? "server", () => request(record, turn));
  } finally {
    if (turn.element.isConnected) settle(turn);
  }
}

function present(record, turn, messages) {
  turn.answer(messages);
  if (turn === newest) turn.offer(messages, put);
  record.messages = messages;
  keep("records", records);
}

function settle(turn) {
  composer.busy = false;
  reveal(turn);
  // A tapped suggestion took the focus away with it; where somebody has moved on it stays.
  if (document.activeElement === document.body) composer.focus();
}

/** Scrolls so that the question stands above as much of its answer as there is room for. */
function reveal(turn) {
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  turn.element.scrollIntoView({ block: "start", inline: "nearest", behavior: isCalm ? "auto" : "smooth" });
}

function begin() {
  keep("sender", newSender());
  keep("records", undefined);
  records = [];
  newest = null;
  log.replaceChildren();
  welcome.hidden = false;
  composer.busy = false;
  composer.focus();
}

function restore() {
  records = kept("records") ?? [];
  for (const record of records) {
    const turn = show(record);
    if (record.messages) turn.answer(record.messages);
    else turn.fail("server", () => request(record, turn));
  }
  if (newest && records.at(-1).messages) newest.offer(records.at(-1).messages, put);
  newest?.element.scrollIntoView({ block: "start" });
  welcome.hidden = records.length > 0;
}

function listen() {
  for (const button of languageButtons) button.addEventListener("click", () => speak(button.dataset.language));
  document.getElementById("new").addEventListener("click", () => (records.length ? restart.showModal() : begin()));
  document.getElementById("restart-no").addEventListener("click", () => restart.close());
  document.getElementById("restart-yes").addEventListener("click", () => {
    restart.close();
    begin();
  });
}

const draft = kept("draft");
if (!kept("sender")) keep("sender", newSender());
speak(pageLanguage());
restore();
listen();
composer.text = draft ?? "";
composer.focus();
