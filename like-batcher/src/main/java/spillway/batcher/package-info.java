/** Applies the logs of engagement to the counts: the application itself. */
@NullMarked
package spillway.batcher;

import org.jspecify.annotations.NullMarked;
