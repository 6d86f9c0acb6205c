/** Tests of {@code spillway.lab.estimate}. */
@NullMarked
package spillway.lab.estimate;

import org.jspecify.annotations.NullMarked;
