const { texts } = require('../../texts.js');

Page({
  data: { texts: texts.link },

  toHome() {
    swan.reLaunch({ url: '/pages/home/index' });
  },
});
