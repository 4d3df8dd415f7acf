/** What stands above the server's part of bench/README.md. */
export const SERVER_HEADING = '## The server';

/**
 * The server's part of bench/README.md.
 *
 * @param tables as they were printed
 * @param date the day of the run
 * @param command what was run
 * @param machine its size
 */
export function serverPage(tables: string, date: string, command: string, machine: string): string {
  return `${SERVER_HEADING}

Run on ${date} by \`${command}\`, on ${machine}.

These are figures of one machine and one day: what counts is how they stand to each other. Each is the median of its
rounds, with the least and the most of one round; what is compared takes turns, round by round, and its ratio is the median
of each round's. The first table says what was aimed at, and whether this run has reached it.

Signed in is over sockets, from another process, 16 at once, at one server process, on a database of this run alone; only
answers of 200 count, and one other ends the run. better-auth's \`anonymous()\` is alone in a better-auth of its own, behind
the same HTTP side and the same database driver as denglu, on the same tables; its limiter is off, as one address sends
everything. WeChat's open API is a third process, which answers at once. denglu's own sign-in without any name is to it as
like to like, but that it counts the address in the database, and writes user and session in one transaction. Beside that,
a login with a code counts the account; spends the code, before anything else; asks the open API whose code it is; looks for
the host account; encrypts the session key; and writes an identity. better-auth makes its routes anew for each request;
denglu's server makes them once. The latency is that of half of the most that was answered, begun at a constant
rate whether or not those before were answered, and counted from when each was due.

The processes are of first logins on PostgreSQL: the time that the server processes themselves used of the machine's
processors. First with room, begun at a constant rate, a quarter of the most that one process answers; then 16 at once in
all, where more processes than processors wait for each other, and find their caches taken. PostgreSQL's own stands beside
it, without writing to the disk at each commit.

${tables}`;
}
