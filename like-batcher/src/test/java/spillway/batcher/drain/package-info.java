/** How fast one batcher drains a backlog, and what that costs: run by {@code ./spillway bench drain}, not by the build. */
@NullMarked
package spillway.batcher.drain;

import org.jspecify.annotations.NullMarked;
