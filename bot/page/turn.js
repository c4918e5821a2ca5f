/** One turn of the conversation on the page: the question, and below it the wait, the failure or the answer. */

import { toAnswer } from "./answer.js";
import { toReplies, toSuggestions } from "./reply.js";
import { fromTemplate } from "./templates.js";
import { say, translate } from "./words.js";

export class Turn {
  constructor(question) {
    this.element = fromTemplate("turn");
    this.element.querySelector(".asked-text").textContent = question;
    this.answered = this.element.querySelector(".answered");
  }

  /** Shows that the bot is at work. */
  wait() {
    this.answered.replaceChildren(fromTemplate("waiting"));
  }

  /** Shows why no answer came ("network" or "server") and offers to ask again. */
  fail(reason, retry) {
    const failure = fromTemplate("failure");
    failure.querySelector(".failure-text").dataset.word = `failed_${reason}`;
    translate(failure);
    failure.querySelector(".retry").addEventListener("click", retry);
    this.answered.replaceChildren(failure);
  }

  /** Shows the bot's messages. */
  answer(messages) {
    this.answered.replaceChildren(...toReplies(messages).map(toAnswer));
  }

  /** Offers the suggestions that came with the messages. */
  offer(messages, choose) {
    const suggestions = toSuggestions(messages);
    if (!suggestions.length) return;
    const chips = fromTemplate("chips");
    chips.setAttribute("aria-label", say("suggestions", messages.find((message) => message.custom)?.custom));
    chips.append(...suggestions.map((suggestion) => toChip(suggestion, choose)));
    this.answered.append(chips);
    this.element.classList.add("offering");
  }

  /** Takes the suggestions away: only the newest answer has them. */
  withdraw() {
    this.answered.querySelector(".chips")?.remove();
    this.element.classList.remove("offering");
  }
}

function toChip({ title, payload }, choose) {
  const chip = document.createElement("button");
  chip.type = "button";
  chip.className = "chip";
  chip.textContent = title;
  chip.addEventListener("click", () => choose(payload ?? title));
  return chip;
}
