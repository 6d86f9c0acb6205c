package spillway.load.shed;

/** What is known at the end of a run of what was shed in it. */
public sealed interface Shedding permits ShedBooks, NoLedger {}
