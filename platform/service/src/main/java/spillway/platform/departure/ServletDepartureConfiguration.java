package spillway.platform.departure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Wires the last answers of services; the gateway's server tells its own. */
@AutoConfiguration(after = DepartureConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class ServletDepartureConfiguration {

    @Bean
    FilterRegistrationBean<LastAnswers> lastAnswers(Departure departure) {
        FilterRegistrationBean<LastAnswers> registration = new FilterRegistrationBean<>(new LastAnswers(departure));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
