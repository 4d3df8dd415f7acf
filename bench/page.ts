/**
 * bench/README.md.
 *
 * @param tables as they were printed
 * @param date the day of the run
 */
export function page(tables: string, date: string): string {
  return `# Side by side with the BaaS SDK

\`npm run bench\` prints these tables; \`npm run bench -- --write\` writes this page. Run on ${date}.

The published SDK, unmodified, and \`denglu/baas\` do the same in one run: on the same simulated WeChat, against the same
denglu server over HTTP, each scenario with people and phones of its own. Counted is what the phone is asked and what it
sends. "Other host calls" are all the rest that was called on \`wx\`: the store, listeners, the system's facts.

Where denglu pays more: the SDK lets equal requests that are on their way share one, \`getCurrentUser\` too; denglu shares
equal sign-ins and renewals, and sends each \`getCurrentUser\`. Where the SDK's outcome is a 401, it is cheaper as it gives
up. A warm start reads more from the store, and sends nothing.

${tables}`;
}
