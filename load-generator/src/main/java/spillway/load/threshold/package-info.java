/** What a run is held to: thresholds on latencies and outcomes, and whether they were met. */
@NullMarked
package spillway.load.threshold;

import org.jspecify.annotations.NullMarked;
