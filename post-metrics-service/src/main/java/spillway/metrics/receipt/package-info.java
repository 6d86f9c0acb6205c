/** Proof of an accepted write, and what became of it. */
@NullMarked
package spillway.metrics.receipt;

import org.jspecify.annotations.NullMarked;
