package spillway.load.run;

/**
 * How long accepted likes took until they counted.
 *
 * @param accepted from the 202 to the answer that says applied
 * @param rejected receipts of accepted likes that ended rejected
 * @param open receipts that were not applied when following ended
 */
public record Staleness(Quantiles accepted, long rejected, long open) {}
