package spillway.content.insert;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class InsertConfiguration {

    @Bean
    InsertSwitch insertSwitch(InsertRules rules) {
        return new InsertSwitch(rules.path());
    }
}
