/** Tests of {@code spillway.lab.ladder}. */
@NullMarked
package spillway.lab.ladder;

import org.jspecify.annotations.NullMarked;
