'use strict';

// Slack's own libraries for Node as servers: what they take, and what reaches a listener.

const http = require('node:http');
const { App, HTTPReceiver } = require('@slack/bolt');
const { createEventAdapter } = require('@slack/events-api');
const { answerLines, listen } = require('./lines');

const seen = [];
const keep = (peer, kind) => seen.push({ peer, kind });

function bolt({ secret }) {
  const receiver = new HTTPReceiver({ signingSecret: secret, endpoints: ['/'], unhandledRequestTimeoutMillis: 500 });
  const authorize = async () => ({ botToken: 'xoxb-test', botId: 'BBOT', botUserId: 'UBOT' });
  const app = new App({ receiver, authorize });
  const take = (kind) => async ({ ack }) => {
    keep('bolt', kind);
    if (ack) await ack();
  };
  app.event('message', take('event'));
  app.event('app_mention', take('event'));
  app.command(/.*/, take('command'));
  app.action(/.*/, take('action'));
  app.shortcut(/.*/, take('shortcut'));
  app.view(/.*/, take('view'));
  return listen(http.createServer(receiver.requestListener));
}

function eventsApi({ secret }) {
  const adapter = createEventAdapter(secret);
  adapter.on('message', () => keep('events_api', 'event'));
  adapter.on('app_mention', () => keep('events_api', 'event'));
  // Without a listener an error ends the process.
  adapter.on('error', () => {});
  return listen(http.createServer(adapter.requestListener()));
}

answerLines({
  listen: async (request) => ({ bolt: await bolt(request), events_api: await eventsApi(request) }),
  seen: () => seen.splice(0),
});
