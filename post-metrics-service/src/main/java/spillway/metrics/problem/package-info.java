/** What this service answers when it cannot do what was asked. */
@NullMarked
package spillway.metrics.problem;

import org.jspecify.annotations.NullMarked;
