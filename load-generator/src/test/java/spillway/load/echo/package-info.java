/** A server that costs next to nothing, to measure the generator itself. */
@NullMarked
package spillway.load.echo;

import org.jspecify.annotations.NullMarked;
