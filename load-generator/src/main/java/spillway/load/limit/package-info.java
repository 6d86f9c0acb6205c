/** Searches the highest rate that a system still carries as it should. */
@NullMarked
package spillway.load.limit;

import org.jspecify.annotations.NullMarked;
