'use strict';

// A program for a test: one JSON object a line in, one a line out, until standard input ends.

const readline = require('node:readline');

// Standard output is for answers alone; what a library has to say goes to the other one.
console.log = console.info = console.debug = console.error;

/** Answers each request `{do: name, ...}` with what the handler of that name returns. */
function answerLines(handlers) {
  const lines = readline.createInterface({ input: process.stdin, terminal: false });
  lines.on('line', async (line) => {
    const request = JSON.parse(line);
    let answer;
    try {
      answer = { answer: await handlers[request.do](request) };
    } catch (error) {
      answer = { error: String(error), code: error.code };
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  });
  lines.on('close', () => process.exit(0));
}

/** Resolves to the loopback port that a server listens on. */
function listen(server) {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server.address().port));
  });
}

module.exports = { answerLines, listen };
