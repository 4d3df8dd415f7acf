import { expect, it } from 'vitest';
import type { NicknameReview } from '../../simulator/index.js';
import { second, signedIn } from './support/scene.js';

/** A page with the profile form on it. */
async function openForm() {
  const app = await signedIn();
  const flow = app.auth.profile({ desc: '用于展示', way: 'avatarNickname' });
  const input = app.device.nicknameInput({
    input: () => flow.typeNickname(),
    nicknamereview: ({ detail }) =>
      flow.reviewNickname({ pass: detail.pass === true, timeout: detail.timeout === true }),
  });
  return {
    ...app,
    flow,
    async type(name: string, review: NicknameReview) {
      input.type(name);
      input.blur(review);
      await app.clock.advance(second);
    },
    async chooseAvatar() {
      const press = app.device.press(
        { openType: 'chooseAvatar' },
        { chooseavatar: ({ detail }) => flow.chooseAvatar(String(detail.avatarUrl)) },
      );
      await app.clock.advance(100);
      press.allow();
      await app.clock.advance(second);
    },
    async submit(name = input.value) {
      flow.submit(name);
      await app.clock.advance(2 * second);
    },
    saved: () => app.backend.calls.filter(({ path }) => path.endsWith('/profile')).map(({ body }) => body),
  };
}

it('G-22 a nickname that the host has rejected is not sent, though blur told it', async () => {
  const { flow, saved, submit, type } = await openForm();
  await type('坏名字', 'reject');
  await submit('坏名字');
  expect(flow.getSnapshot()).toMatchObject({ state: 'nicknameRejected', by: 'form' });
  await type('小明', 'pass');
  await submit();
  expect([flow.getSnapshot().state, saved()]).toEqual(['saved', [{ nickname: '小明', sync: 'setnx' }]]);
});

it('G-22 a picture is temporary until it is uploaded, and its temporary path goes nowhere', async () => {
  const { chooseAvatar, flow, requests, saved, submit } = await openForm();
  await chooseAvatar();
  const { avatar, isAvatarTemporary } = flow.getSnapshot();
  expect([isAvatarTemporary, requests('/avatar')]).toEqual([true, 0]);
  await submit();
  const url = flow.getSnapshot().user?.avatarUrl;
  expect(url).toMatch(/^https:/);
  expect(saved()).toEqual([{ avatarUrl: url, sync: 'setnx' }]);
  expect(JSON.stringify(saved())).not.toContain(avatar);
});

it('G-22 a form that could not be saved is kept, with its picture uploaded once', async () => {
  const { backend, chooseAvatar, flow, requests, submit, type } = await openForm();
  await chooseAvatar();
  await type('小明', 'pass');
  backend.failNext('/profile', { status: 500, code: 'INTERNAL' });
  await submit();
  expect(flow.getSnapshot()).toMatchObject({ by: 'form', isAvatarTemporary: false });
  await submit();
  expect([flow.getSnapshot().user?.nickname, requests('/avatar')]).toEqual(['小明', 1]);
});
