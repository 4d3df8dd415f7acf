import { expect } from 'storybook/test';

/**
 * What holds for every page in every look: its text can be read, none of it is cut off unawares, nothing sticks out of the
 * phone, and no button of ours has got what the host gives to its own.
 *
 * @throws where it does not, with the element
 */
export async function checkPages(canvas: HTMLElement): Promise<void> {
  for (const screen of canvas.querySelectorAll<HTMLElement>('.mini-program')) {
    await expect(screen.scrollWidth).toBeLessThanOrEqual(screen.clientWidth);
    const texts = [...screen.querySelectorAll<HTMLElement>('*')].filter(isText);
    await expect(texts.filter(isFaint).map(inWords)).toEqual([]);
    await expect(texts.filter(isCut).map(inWords)).toEqual([]);
    const own = [...screen.querySelectorAll<HTMLElement>('button[class*="denglu-"]')];
    await expect(own.filter(isLikeHosts).map(inWords)).toEqual([]);
  }
}

function isText(element: HTMLElement): boolean {
  const hasText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim());
  return Boolean(hasText) && element.checkVisibility({ visibilityProperty: true });
}

/** What is cut short on purpose ends with dots. */
function isCut(element: HTMLElement): boolean {
  if (element.closest('.denglu-label')) return false;
  return element.scrollWidth > element.clientWidth && getComputedStyle(element).display !== 'inline';
}

/** What WCAG asks for of text. */
const ENOUGH = 4.5;

/** As wide as `"style": "v2"` makes them, or as grey as they are where they are disabled. */
function isLikeHosts(element: HTMLElement): boolean {
  return element.offsetWidth === 184 || getComputedStyle(element).backgroundColor === 'rgb(247, 247, 247)';
}

/** What cannot be used need not be read; and the host's own button is white on its green, or its blue. */
function isFaint(element: HTMLElement): boolean {
  if (element.closest('[disabled]')) return false;
  return contrastOf(element) < ENOUGH && !isHostsOwn(element);
}

function isHostsOwn(element: HTMLElement): boolean {
  const button = element.closest('button');
  return button !== null && HOSTS_OWN.includes(getComputedStyle(button).backgroundColor);
}

/** WeChat's, and Baidu's. */
const HOSTS_OWN: readonly string[] = ['rgb(7, 193, 96)', 'rgb(51, 136, 255)'];

function inWords(element: HTMLElement): string {
  return `${element.outerHTML.slice(0, 160)} (${contrastOf(element).toFixed(2)})`;
}

type Colour = readonly [red: number, green: number, blue: number, alpha: number];

function contrastOf(element: HTMLElement): number {
  const chain = ancestorsOf(element);
  let under: Colour = [255, 255, 255, 1];
  for (const place of [...chain].reverse()) under = over(colourOf(getComputedStyle(place).backgroundColor), under);
  const [red, green, blue, alpha] = colourOf(getComputedStyle(element).color);
  const opacity = chain.reduce((all, place) => all * Number(getComputedStyle(place).opacity), alpha);
  const text = luminanceOf(over([red, green, blue, opacity], under));
  const ground = luminanceOf(under);
  return (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
}

function ancestorsOf(element: HTMLElement): HTMLElement[] {
  return element.parentElement ? [element, ...ancestorsOf(element.parentElement)] : [element];
}

function colourOf(css: string): Colour {
  const [red = 0, green = 0, blue = 0, alpha = 1] = (css.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue, alpha];
}

function over([red, green, blue, alpha]: Colour, [r, g, b]: Colour): Colour {
  const mix = (upper: number, lower: number) => upper * alpha + lower * (1 - alpha);
  return [mix(red, r), mix(green, g), mix(blue, b), 1];
}

function luminanceOf([red, green, blue]: Colour): number {
  const [r = 0, g = 0, b = 0] = [red, green, blue].map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
