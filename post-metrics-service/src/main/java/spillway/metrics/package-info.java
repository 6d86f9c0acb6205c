/** Accepts likes, shares and views, and serves counts: the application itself. */
@NullMarked
package spillway.metrics;

import org.jspecify.annotations.NullMarked;
