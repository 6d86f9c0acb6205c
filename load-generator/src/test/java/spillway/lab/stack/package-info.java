/** Tests of {@code spillway.lab.stack}. */
@NullMarked
package spillway.lab.stack;

import org.jspecify.annotations.NullMarked;
