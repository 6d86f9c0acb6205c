/** Tests of what a reshard's chaos knows, sees and says; each kind of wrong row turns its verdict. */
@NullMarked
package spillway.chaos.reshard;

import org.jspecify.annotations.NullMarked;
