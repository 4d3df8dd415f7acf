/** The mini-program of the playground, as its server, its simulated WeChat and its phone know it. Not a real app. */
export const playgroundApp = {
  appId: 'wx-playground',
  appSecret: 'playground-secret',
  openPlatform: 'playground',
};

export const playgroundPeople = ['小明', '小红', 'Alex'];
