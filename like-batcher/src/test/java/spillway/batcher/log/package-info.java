/** Readers on a real log and a real Redis. */
@NullMarked
package spillway.batcher.log;

import org.jspecify.annotations.NullMarked;
