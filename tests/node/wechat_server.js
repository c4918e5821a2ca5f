'use strict';

// npm wechat as a server: what it takes, what it reads, and what it replies.

const http = require('node:http');
const wechat = require('wechat');
const { answerLines, listen } = require('./lines');

let seen = [];
let words = 'ok';
let current = null;

// An exception in one of its callbacks would take the process down; here it counts as the answer 500.
process.on('uncaughtException', (error) => {
  console.error(error);
  fail(current);
});

function fail(response) {
  if (response && !response.headersSent) {
    response.writeHead(500);
    response.end();
  }
}

function take(request, response) {
  seen.push(request.weixin);
  response.reply(words);
}

function serve({ token, key, app_id: appId }) {
  const middleware = wechat(key ? { token, appid: appId, encodingAESKey: key } : token, take);
  return http.createServer((request, response) => {
    current = response;
    request.query = Object.fromEntries(new URL(request.url, 'http://127.0.0.1').searchParams);
    middleware(request, response, () => fail(response));
  });
}

/** Returns the message in an XML document as the middleware hands it on, or null where it does not. */
function read(xml) {
  let message = null;
  const keep = (request) => {
    message = request.weixin;
  };
  try {
    wechat({ token: 'any', checkSignature: false }, keep)({ method: 'POST', query: {}, rawBody: xml }, {}, () => {});
  } catch (error) {
    return null;
  }
  return message;
}

answerLines({
  listen: (request) => listen(serve(request)),
  say: (request) => {
    words = request.text;
    return true;
  },
  seen: () => seen.splice(0),
  read: (request) => read(request.xml),
});
