/** Where counts live in Redis and how far they have come: used by like-batcher (writes them) and metrics (reads them). */
@NullMarked
package spillway.platform.counters;

import org.jspecify.annotations.NullMarked;
