/** Comments, which live with their post. */
@NullMarked
package spillway.content.comment;

import org.jspecify.annotations.NullMarked;
