package io.tradosphere.gateway.route;

import io.tradosphere.services.ServiceDescription;
import io.tradosphere.services.Services;
import java.util.List;

/** A service behind the gateway. There is one object for each, so they are compared by identity. */
public final class Service {

    private static final List<Service> ALL =
            Services.all().stream().map(Service::new).toList();

    private final ServiceDescription description;

    private Service(ServiceDescription description) {
        this.description = description;
    }

    /** All services. */
    public static List<Service> all() {
        return ALL;
    }

    /** The service of this name, such as {@code profile-service}. */
    public static Service named(String id) {
        return ALL.stream()
                .filter(service -> service.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** The service's name, such as {@code profile-service}. */
    public String id() {
        return description.name();
    }

    /** The name of the variable that holds its address. With replicas it is a comma-separated list. */
    public String urlVariable() {
        return description.urlVariable();
    }

    /** The name of its slice, such as {@code profile}. */
    public String schema() {
        return description.schema();
    }

    List<String> routes() {
        return description.routes();
    }

    List<String> streams() {
        return description.streams();
    }

    @Override
    public String toString() {
        return id();
    }
}
