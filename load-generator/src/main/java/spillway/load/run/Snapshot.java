package spillway.load.run;

/**
 * How far a run has come.
 *
 * @param done of {@code total}, in the stage's own unit: users, milliseconds of traffic, milliseconds of waiting
 * @param detail what else is worth saying, short; may be empty
 */
public record Snapshot(Stage stage, long done, long total, String detail) {

    static final Snapshot BEGINNING = new Snapshot(Stage.TOKENS, 0, 1);

    Snapshot(Stage stage, long done, long total) {
        this(stage, done, total, "");
    }

    public enum Stage {
        TOKENS,
        TRAFFIC,
        DRAIN,
        READING
    }
}
