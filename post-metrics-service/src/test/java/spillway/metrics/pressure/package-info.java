/** Tests of what is told of pressure. */
@NullMarked
package spillway.metrics.pressure;

import org.jspecify.annotations.NullMarked;
