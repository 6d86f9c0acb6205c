/** Proves what is promised for an overload: far more traffic than fits, retry storms, stores that stand still, slow peers. */
@NullMarked
package spillway.chaos.overload;

import org.jspecify.annotations.NullMarked;
