/** Strategies by their properties, and the report by what it refuses and shows. */
@NullMarked
package spillway.lab.shards;

import org.jspecify.annotations.NullMarked;
