package io.tradosphere.stripefake.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pages and control calls by method and path. A variable of a pattern is in braces. */
public final class Site {

    /** What answers a request. */
    public interface Handler {
        /** The answer to a request, given the values of the path's variables. */
        HttpAnswer answer(Map<String, String> path, HttpRequest request);
    }

    private record Place(String method, String pattern, Handler handler) {}

    private final List<Place> places = new ArrayList<>();

    /** Adds a place. */
    public Site on(String method, String pattern, Handler handler) {
        places.add(new Place(method, pattern, handler));
        return this;
    }

    /** The answer; empty when there is no such place. */
    public Optional<HttpAnswer> answer(HttpRequest request) {
        for (Place place : places) {
            Map<String, String> path = match(place.pattern(), request.path());
            if (path != null && place.method().equals(request.method())) {
                return Optional.of(place.handler().answer(path, request));
            }
        }
        return Optional.empty();
    }

    /** The values of a pattern's variables in a path; null when the path doesn't match. */
    public static Map<String, String> match(String pattern, String path) {
        String[] wanted = pattern.split("/", -1);
        String[] given = path.split("/", -1);
        if (wanted.length != given.length) {
            return null;
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{") && !given[i].isEmpty()) {
                variables.put(wanted[i].substring(1, wanted[i].length() - 1), given[i]);
            } else if (!wanted[i].equals(given[i])) {
                return null;
            }
        }
        return variables;
    }
}
