package spillway.stack.process;

/** The wait between two looks at another process, which has no way to call us. */
public final class Pause {

    private static final long MILLIS = 50;

    private Pause() {}

    public static void briefly() {
        try {
            Thread.sleep(MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackFailure("interrupted");
        }
    }
}
