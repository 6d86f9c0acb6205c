/** The audit on real servers. */
@NullMarked
package spillway.batcher.audit;

import org.jspecify.annotations.NullMarked;
