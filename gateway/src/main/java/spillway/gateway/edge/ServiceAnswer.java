package spillway.gateway.edge;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * What a service answered, whole.
 *
 * @param body on the heap and of no pool: one that is never sent need not be released
 */
record ServiceAnswer(int status, HttpHeaders headers, ByteBuf body) {}
