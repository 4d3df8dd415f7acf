/**
 * What Baidu documents of its elements, as far as components and examples use it (B-10, B-01): the pages
 * smartprogram.baidu.com/docs/develop/component and /framework. Nothing that is not here may be in a template.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const attributes = {
  view: ['hover-class', 'hover-stop-propagation'],
  text: ['selectable'],
  image: ['src', 'mode', 'lazy-load'],
  'scroll-view': ['scroll-x', 'scroll-y'],
  button: [
    'type',
    'disabled',
    'form-type',
    'hover-class',
    'open-type',
    'bindgetphonenumber',
    'bindgetuserinfo',
    'bindlogin',
  ],
  form: ['bindsubmit'],
  input: [
    'bindblur',
    'bindinput',
    'confirm-type',
    'disabled',
    'maxlength',
    'name',
    'password',
    'placeholder',
    'type',
    'value',
  ],
  block: [],
  slot: ['name'],
};

/** On every element that is there or not, or more than once. */
export const directives = ['s-if', 's-elif', 's-else', 's-for'];

/** On every element. What ARIA says is not in Baidu's pages, and does nothing where it is not understood. */
export const everywhere = /^(id|class|style|slot|data-[\w-]+|aria-[a-z]+)$/;

/** Events that bubble, so that any element may hear them. */
export const tapLike = ['tap', 'touchmove', 'animationend'];

/** What the package's components tell, in any of them: no name of a host's own event is among them (W-20). */
export const ownEvents = ['agree', 'change', 'close', 'denied', 'failure', 'refuse', 'success'];

/** What an input may be for: no nickname, which is WeChat's (W-12). */
export const inputTypes = ['text', 'number', 'idcard', 'digit'];

/** The empty one is a plain button. */
export const openTypes = ['', 'getPhoneNumber', 'getUserInfo', 'login'];
