/** Receipts, plainly and over HTTP. */
@NullMarked
package spillway.metrics.receipt;

import org.jspecify.annotations.NullMarked;
