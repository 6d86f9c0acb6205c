/** The writes that strategies are compared on: made up from a seed, read from a file, or those of a running stack. */
@NullMarked
package spillway.lab.shards.sample;

import org.jspecify.annotations.NullMarked;
