/** Tests of {@code spillway.lab.traffic}. */
@NullMarked
package spillway.lab.traffic;

import org.jspecify.annotations.NullMarked;
