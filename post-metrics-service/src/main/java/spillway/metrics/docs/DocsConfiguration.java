package spillway.metrics.docs;

import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Configuration;
import spillway.platform.security.Caller;

/** Keeps out of the description what comes with the token. */
@Configuration(proxyBeanMethods = false)
class DocsConfiguration {

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class);
    }
}
