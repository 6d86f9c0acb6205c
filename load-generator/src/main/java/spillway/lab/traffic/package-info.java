/** The traffic that everything in the lab is compared by. */
@NullMarked
package spillway.lab.traffic;

import org.jspecify.annotations.NullMarked;
