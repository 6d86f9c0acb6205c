/** The API's description: what each operation answers, refusals included. */
@NullMarked
package spillway.content.docs;

import org.jspecify.annotations.NullMarked;
