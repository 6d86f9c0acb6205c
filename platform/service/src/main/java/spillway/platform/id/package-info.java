/** Identity of users, posts and slots: used by every service and by the load generator's expectations. */
@NullMarked
package spillway.platform.id;

import org.jspecify.annotations.NullMarked;
