/** The service with everything around it that it needs. */
@NullMarked
package spillway.metrics.testing;

import org.jspecify.annotations.NullMarked;
