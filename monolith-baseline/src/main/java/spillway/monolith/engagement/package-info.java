/** Likes, shares and views, and the counts they move. */
@NullMarked
package spillway.monolith.engagement;

import org.jspecify.annotations.NullMarked;
