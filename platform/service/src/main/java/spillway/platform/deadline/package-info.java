/** How long a caller waits: content and metrics read it from each request and do nothing for one who has stopped waiting. */
@NullMarked
package spillway.platform.deadline;

import org.jspecify.annotations.NullMarked;
