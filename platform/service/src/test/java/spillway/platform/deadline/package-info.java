/** Tests of deadlines. */
@NullMarked
package spillway.platform.deadline;

import org.jspecify.annotations.NullMarked;
