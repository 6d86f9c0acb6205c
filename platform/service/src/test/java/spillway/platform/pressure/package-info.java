/** Tests of what stores are said to take. */
@NullMarked
package spillway.platform.pressure;

import org.jspecify.annotations.NullMarked;
