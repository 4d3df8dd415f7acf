const { auth } = require('./auth.js');

App({
  onLaunch() {
    auth.start();
  },
});
