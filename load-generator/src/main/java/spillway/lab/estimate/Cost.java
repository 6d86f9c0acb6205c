package spillway.lab.estimate;

/**
 * One item of what a write costs.
 *
 * @param what in a few words
 * @param micros processor time per write
 * @param from which measurement it is taken from
 */
public record Cost(String what, double micros, String from) {}
