/** What is made up comes again by its seed; what is read is refused by its line. */
@NullMarked
package spillway.lab.shards.sample;

import org.jspecify.annotations.NullMarked;
