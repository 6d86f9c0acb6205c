/** The application on real servers. */
@NullMarked
package spillway.analytics;

import org.jspecify.annotations.NullMarked;
