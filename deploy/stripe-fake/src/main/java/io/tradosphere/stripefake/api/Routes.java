package io.tradosphere.stripefake.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.tradosphere.stripefake.http.Site;
import io.tradosphere.stripefake.state.Json;
import io.tradosphere.stripefake.state.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The calls of the API by method and path. */
public final class Routes {

    /** What answers a call. */
    public interface Handler {
        /** The response's document; it may be the stored one, which is copied before it is sent. */
        JsonNode answer(Call call);
    }

    /** A call by its method and path, with its parameters. */
    record Route(String method, String pattern, Shape shape, Handler handler) {}

    /** A route and the values of its path's variables. */
    record Match(Route route, Map<String, String> path) {}

    private final List<Route> all = new ArrayList<>();

    /** A call that answers with a document. The pattern's variables are in braces. */
    public Routes document(String method, String pattern, Shape shape, Handler handler) {
        shape.may(Kind.listOf(Kind.STRING), "expand");
        all.add(new Route(method, pattern, shape, handler));
        return this;
    }

    /** A POST that answers with an object. */
    public Routes post(String pattern, Shape shape, java.util.function.Function<Call, Resource> handler) {
        return document("POST", pattern, shape, call -> handler.apply(call).json());
    }

    /** A GET of one object of this type by its id. */
    public Routes get(String pattern, String type) {
        return document("GET", pattern, new Shape(), call -> call.named(type).json());
    }

    /**
     * A GET of a list.
     *
     * @param equal the parameters that compare with the member of the same name
     */
    public Routes list(String pattern, String type, String... equal) {
        return list(
                pattern,
                Shape.ofList().may(Kind.STRING, equal),
                call -> Pages.page(
                        call,
                        pattern,
                        call.own(
                                type,
                                found -> List.of(equal).stream()
                                        .allMatch(name -> !call.params().hasValue(name)
                                                || call.params().text(name).equals(found.text(name))))));
    }

    /** A GET of a list with its own way of finding. */
    public Routes list(String pattern, Shape shape, Handler handler) {
        return document("GET", pattern, shape, handler);
    }

    /** The answer to a deletion. */
    public static JsonNode deleted(Resource resource) {
        return Json.object("id", resource.id(), "object", resource.type(), "deleted", true);
    }

    /** The call's route, if there is one. */
    Optional<Match> find(String method, String path) {
        return all.stream()
                .filter(route -> route.method().equals(method))
                .map(route -> new Match(route, Site.match(route.pattern(), path)))
                .filter(match -> match.path() != null)
                .findFirst();
    }
}
