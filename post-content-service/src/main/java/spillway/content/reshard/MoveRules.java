package spillway.content.reshard;

import java.time.Duration;

/**
 * How much of a move is done at once.
 *
 * @param chunk rows, from 1, that are copied, compared or deleted in one step; a source's rows of other slots count when a
 *     chunk is cut
 * @param batch changes, from 1, that are mirrored in one transaction
 * @param group slots, from 1, whose writes are held up together while their owner changes; fewer after an attempt that took
 *     longer than {@code pause}
 * @param pause how long writes of a group are held up at most before the attempt is given up; positive. Where a single slot
 *     needs longer it gets twice as long the next time, so that every move comes to its end
 */
record MoveRules(int chunk, int batch, int group, Duration pause) {

    MoveRules {
        if (chunk < 1 || batch < 1 || group < 1) {
            throw new IllegalArgumentException(
                    "chunk, batch and group must be positive: " + chunk + ", " + batch + ", " + group);
        }
        if (!pause.isPositive()) {
            throw new IllegalArgumentException("pause must be positive: " + pause);
        }
    }
}
