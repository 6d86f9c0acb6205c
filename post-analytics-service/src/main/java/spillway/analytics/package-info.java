/** The analytics application. */
@NullMarked
package spillway.analytics;

import org.jspecify.annotations.NullMarked;
