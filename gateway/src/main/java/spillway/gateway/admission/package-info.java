/** Who is let in under overload: limits that adapt, the level that pressure makes, and the ladder of measures. */
@NullMarked
package spillway.gateway.admission;

import org.jspecify.annotations.NullMarked;
