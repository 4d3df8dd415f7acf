/**
 * Puts a component's WXSS on the document.
 *
 * @param wxss the style sheet; `rpx` becomes a share of the phone's width, the safe area is the phone's, and dark
 * mode follows the phone's theme
 * @param scope what glass-easel puts before the component's class names, or `''` for a page
 * @returns how to take it off again
 */
export function adoptStyle(wxss: string, scope: string): () => void {
  const sheet = new CSSStyleSheet();
  const css = wxss
    .replace(/(-?[\d.]+)rpx\b/g, 'calc($1 * 100cqw / 750)')
    .replaceAll('env(safe-area-inset-bottom)', 'var(--phone-safe-bottom)');
  sheet.replaceSync(css);
  adapt(sheet.cssRules, scope, '');
  document.adoptedStyleSheets.push(sheet);
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((adopted) => adopted !== sheet);
  };
}

const DARK = ':where([data-theme="dark"]) ';

function adapt(rules: CSSRuleList, scope: string, before: string): void {
  for (const rule of rules) {
    if (rule instanceof CSSStyleRule) {
      rule.selectorText = rule.selectorText
        .split(',')
        .map((selector) => before + scoped(selector.trim(), scope))
        .join(', ');
    } else if (rule instanceof CSSMediaRule && rule.media.mediaText === '(prefers-color-scheme: dark)') {
      rule.media.mediaText = 'all';
      adapt(rule.cssRules, scope, DARK);
    } else if (rule instanceof CSSGroupingRule) {
      adapt(rule.cssRules, scope, before);
    }
  }
}

function scoped(selector: string, scope: string): string {
  if (!scope) return selector;
  return selector.replace(/\.(?=[A-Za-z_-])/g, `.${scope}--`).replace(/:host\b/g, `[wx-host="${scope}"]`);
}
