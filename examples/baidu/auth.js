const { createAuth } = require('denglu/swan_dist/index.js');
const { baidu } = require('denglu/swan_dist/adapters/baidu.js');
const { server } = require('denglu/swan_dist/adapters/server.js');
const { baseUrl } = require('./config.js');

/** The one sign-in of this app. Its components find it by themselves. */
exports.auth = createAuth({
  platform: baidu(),
  backend: server({ baseUrl }),
  // A new account is made where the terms are, and nowhere else.
  defaults: { createUser: false },
});
