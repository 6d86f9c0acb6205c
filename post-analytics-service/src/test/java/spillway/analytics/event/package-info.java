/** Events read from records. */
@NullMarked
package spillway.analytics.event;

import org.jspecify.annotations.NullMarked;
