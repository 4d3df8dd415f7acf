/**
 * bench/README.md.
 *
 * @param tables of what stands beside the SDK, as they were printed
 * @param date the day of the run
 * @param server the part of the server
 */
export function page(tables: string, date: string, server: string): string {
  return `# Measurements

\`npm run bench\` prints these tables in about six minutes; \`npm run bench -- --write\` writes this page. Of its two parts,
\`--sdk\` or \`--server\` prints one alone.

## Side by side with the BaaS SDK

Run on ${date}.

The published SDKs, unmodified, and \`denglu/baas\` do the same in one run: on the same simulated WeChat, against the same
denglu server over HTTP, each scenario with people and phones of its own. Counted is what the phone is asked and what it
sends, until nothing is on its way any more; answers come together, in the order of the requests. "Other host calls" are
all the rest that was called on \`wx\`: the store, listeners, the system's facts.

Where denglu sends more, it is for another outcome: of a hundred mixed calls each has its own answer, and the two sessions
that are replaced on the way are ended on the server; where the SDK's outcome is a 401, it gives up. A warm start reads
more from the store, and sends nothing.

${tables}
${server}`;
}
