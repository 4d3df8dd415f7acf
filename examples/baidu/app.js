const { auth } = require('./auth.js');

App({
  onLaunch() {
    auth.start();
  },

  // Only on the Web, where a first login leaves the page and starts the app anew. A failure is shown by the components.
  onLogin() {
    auth.ensure().catch(() => {});
  },
});
