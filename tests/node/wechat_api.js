'use strict';

// npm wechat-api as a program: one call of a method, and the error's code where there is one.

const API = require('wechat-api');
const { answerLines } = require('./lines');

let api;

answerLines({
  connect: ({ app_id: appId, secret, address }) => {
    api = new API(appId, secret);
    // Its setEndpoint writes https in front of the name, and a stand-in on the loopback interface has no certificate.
    api.endpoint = address;
    return true;
  },
  call: ({ method, given }) =>
    new Promise((resolve) => {
      api[method](...given, (error, data) => resolve({ code: error ? error.code : 0, data: data || null }));
    }),
});
