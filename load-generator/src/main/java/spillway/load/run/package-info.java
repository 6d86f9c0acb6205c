/** Sends a plan in an open loop over HTTP, then reads back what the oracle judges. */
@NullMarked
package spillway.load.run;

import org.jspecify.annotations.NullMarked;
