package spillway.lab.estimate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The smallest design that carries a workload, and the arithmetic that leads there. */
public final class Estimate {

    private static final double GIB = 1L << 30;

    /** Row, primary key entry and index page's share. */
    private static final double BYTES_PER_LIKE_IN_POSTGRES = 110;

    private static final double BYTES_PER_POST = 1_000;

    /** A member of a set. */
    private static final double BYTES_PER_LIKE_IN_REDIS = 41;

    private final Workload load;
    private final Measured measured;
    private final List<String> lines = new ArrayList<>();
    private Optional<Design> chosen = Optional.empty();

    private Estimate(Workload load, Measured measured) {
        this.load = load;
        this.measured = measured;
    }

    public static Estimate of(Workload load, Measured measured) {
        Estimate estimate = new Estimate(load, measured);
        estimate.work();
        return estimate;
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Empty when no design carries it on a host like the measured one: it takes several. */
    public Optional<Design> chosen() {
        return chosen;
    }

    private void work() {
        line("Writes");
        rate("posts", load.posts());
        rate("likes", load.likes());
        rate("views", load.views());
        double likes = load.atPeak(load.likes());
        line("  hottest post     %,.1f likes/s = %,.1f x %.0f %%"
                .formatted(likes * load.hottest(), likes, load.hottest() * 100));
        line("");
        line("What is kept for %,.0f days".formatted(load.retentionDays()));
        double keptPosts = load.dailyUsers() * load.posts() * load.retentionDays();
        double keptLikes = load.dailyUsers() * load.likes() * load.retentionDays();
        kept("posts", keptPosts, BYTES_PER_POST, "in Postgres");
        kept("likes", keptLikes, BYTES_PER_LIKE_IN_POSTGRES, "in Postgres, or");
        kept("likes", keptLikes, BYTES_PER_LIKE_IN_REDIS, "in Redis");
        for (Design design : Design.values()) {
            line("");
            if (fits(design)) {
                chosen = Optional.of(design);
                break;
            }
        }
        line("");
        conclusion();
    }

    private boolean fits(Design design) {
        Bill like = design.like(measured);
        Bill post = design.post(measured);
        line("Design: %s (%s)".formatted(design.title(), design.explanation()));
        bill("like", like);
        bill("post", post);
        double likes = load.atPeak(load.likes());
        double posts = load.atPeak(load.posts());
        double views = load.atPeak(load.views());
        Bill view = design.view(measured);
        double busy = busy(design);
        double cores = measured.cores();
        line("  processors       %.2f of %.0f busy at the peak = (%,.0f x %,.0f + %,.0f x %,.0f + %,.0f x %,.0f us)"
                .formatted(busy, cores, likes, like.micros(), posts, post.micros(), views, view.micros()));
        double full = busy / cores;
        String tightest = "processors";
        Bill.Queue queue = like.queue();
        if (queue != null && load.hottest() > 0) {
            double waiting = likes * load.hottest() / queue.rate();
            line("  hottest post     %.0f %% = %,.1f of the %,.0f/s that %s lets through"
                    .formatted(waiting * 100, likes * load.hottest(), queue.rate(), queue.what()));
            if (waiting > full) {
                full = waiting;
                tightest = queue.what();
            }
        }
        boolean fits = full <= Ceilings.COMFORTABLE;
        line("  %s  first to break: %s, %.0f %% full at the peak (comfortable: %.0f %%)"
                .formatted(fits ? "carries it" : "too small ", tightest, full * 100, Ceilings.COMFORTABLE * 100));
        return fits;
    }

    /** Processors that the whole load keeps busy at its peak. */
    private double busy(Design design) {
        return (load.atPeak(load.likes()) * design.like(measured).micros()
                        + load.atPeak(load.posts()) * design.post(measured).micros()
                        + load.atPeak(load.views()) * design.view(measured).micros())
                / 1e6;
    }

    private void conclusion() {
        if (chosen.isPresent()) {
            line("=> %s.".formatted(chosen.get().title()));
            if (chosen.get() == Design.MONOLITH) {
                line("   One Postgres is enough: don't shard, don't queue.");
            }
            return;
        }
        Design last = Design.EDGE;
        double busy = busy(last);
        line("=> %s, on about %.0f hosts like this one: %.1f busy processors / (%d x %.0f %%)."
                .formatted(
                        last.title(),
                        Math.ceil(busy / (measured.cores() * Ceilings.COMFORTABLE)),
                        busy,
                        measured.cores(),
                        Ceilings.COMFORTABLE * 100));
    }

    private void rate(String what, double perUser) {
        line("  %-16s %,.1f/s = %,.0f users x %s / 86,400 s; x %s = %,.1f/s at the peak"
                .formatted(
                        what,
                        load.average(perUser),
                        load.dailyUsers(),
                        plain(perUser),
                        plain(load.peak()),
                        load.atPeak(perUser)));
    }

    private void kept(String what, double count, double bytes, String where) {
        line("  %-16s %,.1f GiB = %,.0f x %,.0f B %s".formatted(what, count * bytes / GIB, count, bytes, where));
    }

    private void bill(String what, Bill bill) {
        line("  a %-4s           %,.0f us of processor time".formatted(what, bill.micros()));
        for (Cost cost : bill.costs()) {
            line("    %,8.1f us      %-22s %s".formatted(cost.micros(), cost.what(), cost.from()));
        }
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? "%,.0f".formatted(number) : "%s".formatted(number);
    }

    private void line(String line) {
        lines.add(line);
    }
}
