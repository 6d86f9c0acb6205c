/** What text of users is stored: used by the content service and the monolith. */
@NullMarked
package spillway.platform.text;

import org.jspecify.annotations.NullMarked;
