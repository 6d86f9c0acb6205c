package spillway.load.shed;

/** @param why nothing is known, in a few words */
public record NoLedger(String why) implements Shedding {}
