package spillway.load.plan;

/**
 * How many likes a post must have in the end, known before the run.
 *
 * @param post its number in the plan
 * @param name what the record calls it
 */
public record Recorded(int post, String name, long likes) {}
