import { auth } from './auth';

App({
  onLaunch() {
    auth.start();
  },
});
