/** Replays recorded cascades of posts and likes. */
@NullMarked
package spillway.load.trace;

import org.jspecify.annotations.NullMarked;
