/** Tests of what is told of pressure, and of callers who do not wait. */
@NullMarked
package spillway.content.pressure;

import org.jspecify.annotations.NullMarked;
