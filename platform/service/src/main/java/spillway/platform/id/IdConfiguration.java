package spillway.platform.id;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Lets MVC handlers take ids as path variables and request parameters; what is no id is a 400. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class IdConfiguration {

    @Bean
    WebMvcConfigurer ids() {
        return new WebMvcConfigurer() {
            @Override
            public void addFormatters(FormatterRegistry registry) {
                registry.addConverter(String.class, PostId.class, PostId::parse);
                registry.addConverter(String.class, UserId.class, UserId::parse);
            }
        };
    }
}
