package io.tradosphere.stripefake.http;

import java.util.Map;

/**
 * A request to the fake.
 *
 * @param method GET, POST or DELETE
 * @param path the decoded path
 * @param query the raw query; empty without one
 * @param headers the headers by lower-case name
 * @param body the body; empty without one
 */
public record HttpRequest(String method, String path, String query, Map<String, String> headers, String body) {

    /** A header; null when it is absent. */
    public String header(String name) {
        return headers.get(name);
    }
}
