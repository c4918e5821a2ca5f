/**
 * Puts a question to the bot over Rasa's REST channel.
 * https://rasa.com/docs/rasa/connectors/your-own-website/#rest-channels
 */

import { toReplies } from "./reply.js";

const WEBHOOK = "webhooks/rest/webhook";
const PATIENCE = 60_000;

/** No answer came. `reason` is "network" or "server". */
export class Unanswered extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/** Returns a new random sender id. */
export function newSender() {
  // randomUUID exists on https and localhost only; a page tried out in a local network is neither.
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Returns the bot's messages to one question, or throws Unanswered. */
export async function ask(question, sender) {
  const response = await post({ sender, message: question });
  const messages = response.ok ? await response.json().catch(() => []) : [];
  // The channel answers 200 with an empty list when the bot behind it failed.
  if (!Array.isArray(messages) || toReplies(messages).length === 0) throw new Unanswered("server");
  return messages;
}

async function post(body) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    return await fetch(WEBHOOK, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal: patience.signal,
    });
  } catch {
    throw new Unanswered(patience.signal.aborted ? "server" : "network");
  } finally {
    clearTimeout(timer);
  }
}
