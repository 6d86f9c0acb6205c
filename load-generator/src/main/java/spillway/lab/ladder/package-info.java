/** The ladder: the same writes against the monolith, and then with one technique after the other. */
@NullMarked
package spillway.lab.ladder;

import org.jspecify.annotations.NullMarked;
