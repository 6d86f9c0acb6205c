/** Who is let in under overload. */
@NullMarked
package spillway.gateway.admission;

import org.jspecify.annotations.NullMarked;
