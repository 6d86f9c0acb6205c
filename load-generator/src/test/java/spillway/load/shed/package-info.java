@NullMarked
package spillway.load.shed;

import org.jspecify.annotations.NullMarked;
