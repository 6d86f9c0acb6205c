/** The API's one description, merged from the services', and the pages that show it. */
@NullMarked
package spillway.gateway.docs;

import org.jspecify.annotations.NullMarked;
