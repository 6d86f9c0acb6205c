package spillway.gateway.admission;

import com.netflix.concurrency.limits.Limit;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import spillway.gateway.ledger.TrafficClass;

/**
 * Bounds the requests under way in a lane by a limit that adapts to how long they take. Thread-safe.
 *
 * <p>The classes of writes are nested in it: each may fill a part that contains those of lower classes, so that whoever is
 * refused, all lower classes are refused too. Reads and writes have a part each that the other cannot take; what one of
 * them leaves free the other may fill, up to the limit, and gives it back by ending.
 *
 * <p>A fixed part for posts would be too small in a burst or wasted without one. So comments and reads give room
 * {@linkplain #reserve as much as is asked for}, and {@link #takeCrowded} tells how crowded it is for posts while there is
 * still room.
 */
final class Limiter {

    /** How a request that was let in ended. */
    enum End {
        /** It was answered: its time is measured. */
        ANSWERED,
        /** It timed out. */
        LOST,
        /** It says nothing of how busy the lane is: refused behind, or its caller went away. */
        IGNORED
    }

    /** Filled to this part, it is crowded. */
    private static final double CROWDED = 0.8;

    /** Never filled to this part, hardly anything is under way. */
    private static final double BUSY = 0.25;

    private final Limit limit;
    private final AdmissionRules.Shares shares;
    private final LongSupplier nanos;
    private int reads;
    private int writes;
    private long asked;
    private long refused;
    private long posts;
    private long crowded;
    private int peak;
    private double reserved;

    Limiter(Limit limit, AdmissionRules.Shares shares, LongSupplier nanos) {
        this.limit = limit;
        this.shares = shares;
        this.nanos = nanos;
    }

    /** A place, to be given back once; none if the class's part is full. */
    synchronized Optional<Place> enter(TrafficClass traffic) {
        boolean read = isRead(traffic);
        asked += read ? 0 : 1;
        if (traffic == TrafficClass.POST) {
            posts++;
            crowded += reads + writes >= CROWDED * limit.getLimit() ? 1 : 0;
        }
        if (!hasRoom(traffic)) {
            refused += read ? 0 : 1;
            return Optional.empty();
        }
        if (read) {
            reads++;
        } else {
            writes++;
        }
        peak = Math.max(peak, reads + writes);
        return Optional.of(new Place(read, nanos.getAsLong(), reads + writes));
    }

    /** Whether a place is free for the class now. */
    synchronized boolean hasRoom(TrafficClass traffic) {
        int most = limit.getLimit();
        int all = reads + writes;
        if (isRead(traffic)) {
            double left = 1 - reserved;
            // One at least, so that what reads say of the service never ends.
            return all < left * most || reads < Math.max(1, left * shares.reads() * most);
        }
        double part = part(traffic);
        return all < part * most || writes < part * (1 - shares.reads()) * most;
    }

    int limit() {
        return limit.getLimit();
    }

    synchronized int underWay() {
        return reads + writes;
    }

    /** The share of writes since the last call that found no room, 0 to 1. Too many reads are no reason to refuse likes. */
    synchronized double takeRefused() {
        double share = asked == 0 ? 0 : (double) refused / asked;
        asked = 0;
        refused = 0;
        return share;
    }

    /** The share of posts since the last call that found it crowded, refused or not, 0 to 1. */
    synchronized double takeCrowded() {
        double share = posts == 0 ? 0 : (double) crowded / posts;
        posts = 0;
        crowded = 0;
        return share;
    }

    /** Whether more than hardly anything was under way at some moment since the last call. */
    synchronized boolean takeBusy() {
        boolean busy = peak >= BUSY * limit.getLimit();
        peak = reads + writes;
        return busy;
    }

    /**
     * Comments and reads may fill less from now on; those under way stay.
     *
     * @param share of their parts that is kept free for posts: 0 none, 1 all but one read
     */
    synchronized void reserve(double share) {
        reserved = share;
    }

    synchronized double reserved() {
        return reserved;
    }

    private double part(TrafficClass traffic) {
        return switch (traffic) {
            case VIEW -> shares.views();
            case LIKE, SHARE -> shares.likes();
            case COMMENT -> shares.comments() * (1 - reserved);
            case POST -> shares.posts();
            case READ, OTHER -> 1;
        };
    }

    private static boolean isRead(TrafficClass traffic) {
        return traffic == TrafficClass.READ || traffic == TrafficClass.OTHER;
    }

    private synchronized void leave(boolean read) {
        if (read) {
            reads--;
        } else {
            writes--;
        }
    }

    /** A request under way. */
    final class Place {

        private final boolean read;
        private final long since;
        private final int withMe;
        private @Nullable End how;
        private long held;

        private Place(boolean read, long since, int withMe) {
            this.read = read;
            this.since = since;
            this.withMe = withMe;
        }

        /** Gives the place back; only the first call does. Returns how long it was held, in nanoseconds. */
        long end(End end) {
            synchronized (this) {
                if (how != null) {
                    return 0;
                }
                how = end;
                held = nanos.getAsLong() - since;
            }
            leave(read);
            switch (end) {
                case ANSWERED -> limit.onSample(since, held, withMe, false);
                case LOST -> limit.onSample(since, held, withMe, true);
                case IGNORED -> {}
            }
            return held;
        }

        /** When the request was let in, by the limiter's clock. */
        long since() {
            return since;
        }

        synchronized boolean isUnderWay() {
            return how == null;
        }

        synchronized boolean isAnswered() {
            return how == End.ANSWERED;
        }

        /** How long it was held, or has been until now, in nanoseconds. */
        synchronized long took(long now) {
            return how == null ? now - since : held;
        }
    }
}
