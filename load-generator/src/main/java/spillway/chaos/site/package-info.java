/** What every kind of chaos needs: the stack as it is written down, its processes, its gateway, and a place to tell. */
@NullMarked
package spillway.chaos.site;

import org.jspecify.annotations.NullMarked;
