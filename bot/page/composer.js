/** The field one types a question into. */

import { say } from "./words.js";

/** The bot reads this many characters of a question. */
const LIMIT = 2000;
/** From here on the note counts down. */
const NOTE_FROM = 1800;
/** Some browsers give the Enter that ends a composition no isComposing, but always this code. */
const COMPOSING = 229;

export class Composer {
  /** `onQuestion(text)` gets what was typed; `onDraft(text)` every change of it. */
  constructor(form, { onQuestion, onDraft }) {
    this.field = form.querySelector("textarea");
    this.button = form.querySelector("button");
    this.note = form.querySelector(".note");
    this.onQuestion = onQuestion;
    this.onDraft = onDraft;
    this.isBusy = false;
    this.field.addEventListener("input", () => this.update());
    this.field.addEventListener("keydown", (event) => this.pressed(event));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
  }

  get text() {
    return this.field.value.trim();
  }

  set text(text) {
    this.field.value = text;
    this.update();
  }

  /** While the bot is at work one can type on, but not send. */
  set busy(isBusy) {
    this.isBusy = isBusy;
    this.update();
  }

  /** Puts the cursor into the field, except on touch screens, where a keyboard would cover the answer. */
  focus() {
    if (matchMedia("(hover: hover) and (pointer: fine)").matches) this.field.focus();
  }

  /** Brings height, note and button in line with the text. */
  update() {
    const length = [...this.text].length;
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight}px`;
    this.note.textContent = this.noteFor(length);
    this.note.classList.toggle("over", length > LIMIT);
    this.button.disabled = this.isBusy || length === 0 || length > LIMIT;
    this.onDraft(this.field.value);
  }

  noteFor(length) {
    if (length > LIMIT) return say("too_long", { n: length - LIMIT });
    return length >= NOTE_FROM ? say("left", { n: LIMIT - length }) : "";
  }

  pressed(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === COMPOSING) return;
    event.preventDefault();
    this.submit();
  }

  submit() {
    this.update();
    if (this.button.disabled) return;
    const question = this.text;
    this.text = "";
    this.onQuestion(question);
  }
}
