import { createAuth } from 'denglu';
import {
  agreement,
  avatarNickname,
  isMiniProgram,
  kbone,
  linkAccount,
  loginButton,
  phoneButton,
  profileButton,
} from 'denglu/adapters/kbone';
import 'denglu/adapters/kbone.css';
import { server } from 'denglu/adapters/server';
import './page.css';

/** kbone calls this for each page that it opens, and `unmount` when the page is gone; a browser has one page. */
function createApp() {
  const auth = createAuth({ platform: kbone(), backend: server({ baseUrl: SERVER_URL }) });
  const said = element('div', 'said');
  const tell = (event) => (detail) => {
    said.textContent = detail.text ? `${event}: ${detail.text}` : event;
  };
  const on = { success: tell('成功'), failure: tell('失败'), denied: tell('拒绝') };

  const page = isMiniProgram() ? miniProgramPage(on) : browserPage(on);
  const who = element('div', 'who');
  const leave = element(isMiniProgram() ? 'wx-button' : 'button', 'leave', '退出登录');
  leave.addEventListener('click', () => auth.signOut());

  const root = element('div', 'page');
  root.appendChild(element('div', 'brand', 'denglu × kbone'));
  root.appendChild(who);
  const sections = page.map(({ title, view, forUsers }) => ({ forUsers, box: section(title, view) }));
  for (const { box } of sections) root.appendChild(box);
  root.appendChild(said);
  document.body.appendChild(root);

  const show = ({ user }) => {
    who.textContent = user ? `已登录:${user.nickname || user.username || user.email || user.id}` : '未登录';
    for (const { box, forUsers } of sections) box.className = forUsers && !user ? 'section gone' : 'section';
    if (user) root.appendChild(leave);
    else if (leave.parentNode === root) root.removeChild(leave);
  };
  auth.subscribe(show);
  auth.start();
  show(auth.getSnapshot());

  return {
    unmount() {
      for (const { view } of page) view.release();
      auth.stop();
    },
  };
}

/** Everything that a host offers. The phone button waits for the terms (G-16). */
function miniProgramPage(on) {
  const phone = phoneButton(document, { accepted: false, on });
  // What kbone tells of the page: nothing is made ready where nobody sees it (G-02).
  window.addEventListener('wxhide', () => phone.hide());
  window.addEventListener('wxshow', () => phone.show());
  const terms = agreement(document, {
    on: {
      change({ accepted }) {
        phone.set({ accepted });
      },
    },
  });
  return [
    { title: '一键登录', view: loginButton(document, { on }) },
    { title: '手机号登录', view: phone },
    { title: '', view: terms },
    { title: '头像和昵称', view: profileButton(document, { desc: '用于展示你的资料', on }) },
    { title: '关联已有账号', view: linkAccount(document, { on }) },
  ];
}

/** A browser knows nobody: a name and a password, and then a face (K-03). */
function browserPage(on) {
  return [
    { title: '', view: linkAccount(document, { on }) },
    { title: '头像和昵称', view: avatarNickname(document, { on }), forUsers: true },
  ];
}

function section(title, view) {
  const box = element('div', 'section');
  if (title) box.appendChild(element('div', 'section-title', title));
  box.appendChild(view.element);
  return box;
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  if (text) made.textContent = text;
  return made;
}

if (isMiniProgram()) window.createApp = createApp;
else createApp();
