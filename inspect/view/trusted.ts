/** What `require-trusted-types-for` asks for: the two places where a text becomes more than a text, and no third. */
interface Policy {
  createHTML(source: string): string;
  createScriptURL(url: string): string;
}

interface PolicyFactory {
  createPolicy(name: string, rules: Policy): Policy;
}

/** The name is in the page's content security policy. */
const NAME = 'denglu';

function createTrusted(): Policy {
  const factory: unknown = Reflect.get(globalThis, 'trustedTypes');
  const rules: Policy = { createHTML: (source) => source, createScriptURL: (url) => url };
  return hasPolicies(factory) ? factory.createPolicy(NAME, rules) : rules;
}

export const trusted = createTrusted();

function hasPolicies(factory: unknown): factory is PolicyFactory {
  return typeof factory === 'object' && factory !== null && 'createPolicy' in factory;
}
