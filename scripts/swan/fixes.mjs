import { Problem } from '../speech.mjs';

/** @typedef {{ file: string, what: RegExp, by: string }} Fix */

/** What makes a plain button Baidu's own login button, for whoever is signed out of Baidu (B-01). WeChat has none. */
const hostLogin = ` open-type="{{view.hostLogin ? 'login' : ''}}" bindlogin="onHostLogin"`;

/**
 * What Baidu's converter leaves as WeChat has it, and Baidu has otherwise or not at all. Each is made exactly once: one
 * that finds nothing any more, or too much, ends the build.
 *
 * @type {readonly Fix[]}
 */
const fixes = [
  { file: 'login-button/index.swan', what: / bindtap="onTap"/, by: `$&${hostLogin}` },
  { file: 'phone-button/index.swan', what: / bindtap="onWant"/, by: `$&${hostLogin}` },
  { file: 'profile-button/index.swan', what: / bindtap="onTap"/, by: `$&${hostLogin}` },
  { file: 'link-account/index.swan', what: / bindtap="onAction"/, by: `$&${hostLogin}` },
  // B-06: there is one phone button, it answers by cipher text, and it knows no quota.
  { file: 'phone-button/index.swan', what: / open-type="\{\{view\.openType\}\}"/, by: ' open-type="getPhoneNumber"' },
  { file: 'phone-button/index.swan', what: / phone-number-no-quota-toast="[^"]*"/, by: '' },
  { file: 'phone-button/index.swan', what: / bindgetrealtimephonenumber="\w+"/, by: '' },
  // Baidu asks for no consent to a privacy guide (W-16), so this never shows; a page for both hosts may have it all the same.
  { file: 'privacy-popup/index.swan', what: / open-type="agreePrivacyAuthorization"/, by: '' },
  { file: 'privacy-popup/index.swan', what: /bindagreeprivacyauthorization="onAgree"/, by: 'bindtap="onAgree"' },
  // No button chooses a picture here, and no input reviews a nickname (W-11, W-12): the form asks for the name alone.
  { file: 'avatar-nickname/index.swan', what: /\n *<button s-if="view\.canChoose"[\s\S]*?<\/button>/, by: '' },
  { file: 'avatar-nickname/index.swan', what: / type="nickname"/, by: '' },
  { file: 'avatar-nickname/index.swan', what: / bindnicknamereview="\w+"/, by: '' },
  // Two-way, what is typed would count as what the view shows, and be taken back at its next change.
  { file: 'avatar-nickname/index.swan', what: /\{=view\.nickname=\}/, by: '{{view.nickname}}' },
  // The blue of Baidu's own buttons.
  { file: 'button.css', what: /--denglu-primary: #07c160/, by: '--denglu-primary: #3388ff' },
];

/**
 * @param {string} file in the folder of the components
 * @param {string} text
 */
export function fixed(file, text) {
  return fixes
    .filter((fix) => fix.file === file)
    .reduce((before, { what, by }) => {
      const found = before.match(new RegExp(what, 'g'))?.length ?? 0;
      if (found !== 1) {
        throw new Problem(
          `scripts/swan/fixes.mjs: ${what} is in ${file} ${found} times, and should be once.`,
          `scripts/swan/fixes.mjs:${what} 在 ${file} 中出现 ${found} 次,应为一次。`,
        );
      }
      return before.replace(what, by);
    }, text);
}
