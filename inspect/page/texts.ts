import type { Locale } from '../../ports/failure.js';

const texts = {
  title: { en: 'denglu inspect', zh: 'denglu inspect' },
  connecting: { en: 'Connecting…', zh: '正在连接…' },
  connected: { en: 'Connected', zh: '已连接' },
  lost: { en: 'The command is gone; trying again…', zh: '命令已断开,正在重试…' },
  token: { en: 'Pairing token', zh: '配对令牌' },
  askToken: {
    en: 'This page needs the pairing token that the command printed.',
    zh: '请输入命令行里显示的配对令牌。',
  },
  wrongToken: { en: 'That is not the token of this command.', zh: '令牌与当前命令的不一致。' },
  otherVersion: { en: 'The command is of another version: load the page anew.', zh: '命令版本不同,请刷新页面。' },
  go: { en: 'Connect', zh: '连接' },
  devices: { en: 'Devices', zh: '设备' },
  noDevice: { en: 'No device yet', zh: '还没有设备' },
  inApp: { en: 'In the app:', zh: '在应用里:' },
  forPhones: {
    en: 'A phone cannot reach this address. For phones on the same network, start the command so:',
    zh: '手机无法访问这个地址。要让同一网络里的手机连接,请这样启动命令:',
  },
  close: { en: 'Close', zh: '关闭' },
  earlier: { en: 'Runs', zh: '各次运行' },
  online: { en: 'connected', zh: '已连接' },
  offline: { en: 'not connected', zh: '未连接' },
  odd: { en: 'not understood', zh: '条无法理解' },
  file: { en: 'from a file', zh: '来自文件' },
  save: { en: 'Save the log', zh: '保存日志' },
  open: { en: 'Open a log', zh: '打开日志' },
  replay: { en: 'Replay against the flows', zh: '对照流程重放' },
  noLog: { en: 'That file is no log of denglu.', zh: '该文件不是 denglu 日志。' },
  otherLog: {
    en: 'That log is of another version of denglu: open it with the one that wrote it.',
    zh: '该日志来自 denglu 的另一个版本,请用写入它的版本打开。',
  },
  same: {
    en: 'Replayed, and all went as logged: {steps} steps of {flows} flows.',
    zh: '已重放 {flows} 个流程的 {steps} 步,与日志一致。',
  },
  sameInPart: {
    en: 'What could be replayed went as logged: {steps} steps of {flows} flows.',
    zh: '能重放的 {flows} 个流程的 {steps} 步与日志一致。',
  },
  differs: { en: 'Flows that go elsewhere now:', zh: '走向不同的流程:' },
  skipped: {
    en: 'Not replayed as a whole, as this page has no such flow, or the log has gaps:',
    zh: '未能完整重放(此页面没有该流程,或日志有缺口):',
  },
  language: { en: '中文', zh: 'English' },
} satisfies Record<string, Record<Locale, string>>;

export type Say = (name: keyof typeof texts) => string;

export function speaker(locale: Locale): Say {
  return (name) => texts[name][locale];
}
