/** Reads the topics, feeds the kernel, and says loudly when a log cannot be counted. */
@NullMarked
package spillway.batcher.log;

import org.jspecify.annotations.NullMarked;
