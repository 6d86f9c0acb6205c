package spillway.content.shard;

import jakarta.persistence.EntityManager;
import java.lang.reflect.Proxy;

/** An entity manager that has nothing to flush, for tests without JPA. */
final class NoEntities {

    private NoEntities() {}

    static EntityManager manager() {
        return (EntityManager) Proxy.newProxyInstance(
                EntityManager.class.getClassLoader(), new Class<?>[] {EntityManager.class}, (proxy, method, args) -> {
                    if (method.getName().equals("flush")) {
                        return null;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
