/**
 * Which fields hold what is never told, even where an app forgot to make it a `Secret` (G-23). Names are told apart by how
 * they end: a `token` is hidden, how many seconds a `tokenLifetime` has is not.
 */

const SECRET = [
  'pass_?(word|code|phrase|wd)|pwd|captcha',
  'secret|token|jwt|bearer|credential|authorization|_auth|cookie|signature|code',
  '(session|api|access|private|encryption|aes|sign(ing)?)_?key',
  '(phone|mobile|_tel|telephone)(_?(no|num|number))?',
  '_(pin|otp|mfa|totp|iv|sid|cvv|cvc|ssn)',
  '(encrypted|raw)_?data|cipher_?text',
];
/** Who the person is: nobody's business who is sent a log. */
const PERSONAL = [
  '_(nick|user|real|full|first|last|family|given|display)_?name|_surname',
  '_avatar(_?url)?|_birth(day|_?date)|_e?_?mail(_?address)?',
  '_(open|union)_?id',
  '_(id|identity|bank|credit)_?card|_passport',
  '_(id|identity|passport|card|account)_?(no|num|number)',
];
/** A name may say that there are several, or in which form it is. */
const ENDING = '(s|_?\\d+|_?(list|value|text|string|hash|header|confirm|confirmation|repeat|again|plain|old|new))*$';
const HIDDEN = new RegExp(`(${[...SECRET, ...PERSONAL].join('|')})${ENDING}`);
const CHINESE = /密码|口令|令牌|密钥|手机|电话|验证码|身份证|姓名|昵称|邮箱|银行卡|生日/;

/** Codes that say what went wrong, or where. */
const EXPLAINING = /_(err|error|status|country|baas|language|lang|currency|exit)_?code$/;
/** Lengths of time bear the names of what they are for. */
const TIMING = /^(timing|timeout|delay|duration)s?$/i;

/**
 * Whether what a field holds is hidden.
 *
 * @param inside the name of what the field is in
 */
export function isHidden(name: string, inside: string): boolean {
  if (TIMING.test(inside)) return false;
  const known = judged.get(name);
  if (known !== undefined) return known;
  const isOne = givesAway(name);
  if (judged.size < MOST_JUDGED && name.length < LONGEST_JUDGED) judged.set(name, isOne);
  return isOne;
}

/** Names that were met before: an app has few, and its events have many. */
const judged = new Map<string, boolean>();
const MOST_JUDGED = 1000;
const LONGEST_JUDGED = 60;

function givesAway(name: string): boolean {
  const words = `_${name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase()}`.replace(/[^a-z0-9]+/g, '_');
  return (HIDDEN.test(words) && !EXPLAINING.test(words)) || CHINESE.test(name);
}
