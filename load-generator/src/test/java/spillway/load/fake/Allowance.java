package spillway.load.fake;

/** So many requests per second, up to a second's worth at once. Thread-safe. */
final class Allowance {

    private final double perSecond;
    private double left;
    private long since = System.nanoTime();

    Allowance(double perSecond) {
        this.perSecond = perSecond;
        this.left = perSecond;
    }

    synchronized boolean take() {
        long now = System.nanoTime();
        left = Math.min(perSecond, left + (now - since) * perSecond / 1e9);
        since = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
