import wx2swan from 'wx2swan';

/**
 * Converts a folder of WXML, WXSS and JSON by Baidu's own converter. It is a program of its own, as the converter speaks
 * to the console, and works for the whole process.
 */
const [src = '', dist = '', log = ''] = process.argv.slice(2);
wx2swan({ src, dist, log, type: 'wxmp2swan' }, (error) => {
  if (error) throw error;
});
