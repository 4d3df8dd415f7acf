// Imported by a process that has a channel to its parent: should the parent be killed by force, this one ends too.
process.once('disconnect', () => process.exit());
