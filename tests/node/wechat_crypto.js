'use strict';

// npm wechat-crypto as a program: seals, opens and signs.

const WXBizMsgCrypt = require('wechat-crypto');
const { answerLines } = require('./lines');

const crypt = ({ token, key, app_id: appId }) => new WXBizMsgCrypt(token, key, appId);

answerLines({
  seal: (request) => crypt(request).encrypt(request.text),
  open: (request) => crypt(request).decrypt(request.encrypted),
  sign: (request) => crypt(request).getSignature(request.timestamp, request.nonce, request.encrypted),
});
