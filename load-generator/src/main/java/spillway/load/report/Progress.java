package spillway.load.report;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import spillway.load.run.Snapshot;

/** Shows how far a run has come: one line that moves on a terminal, a plain line now and then elsewhere. */
public final class Progress {

    private static final Duration MOVING = Duration.ofMillis(200);
    private static final Duration PLAIN = Duration.ofSeconds(5);
    private static final int BAR = 20;

    private final PrintWriter out;
    private final boolean terminal;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;

    public Progress(PrintWriter out, boolean terminal, Supplier<Snapshot> snapshots) {
        this.out = out;
        this.terminal = terminal;
        this.thread = Thread.ofPlatform().daemon().name("progress").start(() -> run(snapshots));
    }

    private void run(Supplier<Snapshot> snapshots) {
        try {
            while (!over.await((terminal ? MOVING : PLAIN).toMillis(), TimeUnit.MILLISECONDS)) {
                String line = line(snapshots.get());
                if (terminal) {
                    out.print("\r" + padded(line));
                    out.flush();
                } else {
                    out.println(line);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static String line(Snapshot snapshot) {
        return switch (snapshot.stage()) {
            case TOKENS -> "%s tokens   %,d of %,d users".formatted(bar(snapshot), snapshot.done(), snapshot.total());
            case TRAFFIC ->
                "%s %3d of %d s  %s"
                        .formatted(bar(snapshot), snapshot.done() / 1000, snapshot.total() / 1000, snapshot.detail());
            case DRAIN -> "[%s] waiting for the counts".formatted("=".repeat(BAR));
            case READING -> "[%s] reading back".formatted("=".repeat(BAR));
        };
    }

    private static String bar(Snapshot snapshot) {
        int filled = (int) (snapshot.done() * BAR / Math.max(1, snapshot.total()));
        return "[" + "=".repeat(filled) + " ".repeat(BAR - filled) + "]";
    }

    private static String padded(String line) {
        String cut = line.length() < Table.WIDTH ? line : line.substring(0, Table.WIDTH - 1);
        return cut + " ".repeat(Table.WIDTH - 1 - cut.length());
    }

    /** Stops, and leaves a terminal's line empty. */
    public void close() {
        over.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (terminal) {
            out.print("\r" + padded("") + "\r");
            out.flush();
        }
    }
}
