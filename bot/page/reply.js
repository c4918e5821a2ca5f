/** Reads what the REST channel sent: the replies to show and the suggestions to offer. Touches no document. */

/**
 * Returns replies ({reply, language, parts, ...}) in the order they came.
 * A reply arrives as two messages, its plain text and then its object; the text stands in where no object follows.
 */
export function toReplies(messages) {
  return messages.flatMap((message, index) => {
    if (isReply(message.custom)) return [message.custom];
    if (!message.text || isReply(messages[index + 1]?.custom)) return [];
    return [{ reply: message.text, parts: [] }];
  });
}

function isReply(custom) {
  return typeof custom?.reply === "string";
}

/** Returns the suggestions of an answer as [{title, payload}]. */
export function toSuggestions(messages) {
  const buttons = messages.flatMap((message) => message.buttons ?? []);
  if (buttons.length) return buttons;
  return messages.flatMap((message) => message.custom?.suggestions ?? []).map((title) => ({ title, payload: title }));
}

/** Returns a reply's plain text as {text, choices}: the lines that repeat a suggestion (1. ...) apart from the rest. */
export function splitChoices(reply) {
  const suggestions = new Set(reply.suggestions ?? []);
  const lines = reply.reply.split("\n").map((line) => [line, line.replace(/^\s*\d+[.、]\s*/, "").trim()]);
  return {
    text: lines.filter(([, bare]) => !suggestions.has(bare)).map(([line]) => line).join("\n").trim(),
    choices: lines.filter(([, bare]) => suggestions.has(bare)).map(([, bare]) => bare),
  };
}

/** Returns an address as a link may carry it, or null: nothing but http and https. */
export function toLink(url) {
  try {
    const { protocol, href } = new URL(url);
    return ["https:", "http:"].includes(protocol) ? href : null;
  } catch {
    return null;
  }
}
