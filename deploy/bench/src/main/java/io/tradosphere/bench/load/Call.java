package io.tradosphere.bench.load;

import io.vertx.core.http.HttpMethod;

/**
 * One request.
 *
 * @param target where to
 * @param method PUT or GET
 * @param path its path
 * @param token the caller's; null for a call without
 * @param body JSON; null for a call without
 */
public record Call(Target target, HttpMethod method, String path, String token, String body) {

    /** A public read. */
    public static Call get(Target target, String path) {
        return new Call(target, HttpMethod.GET, path, null, null);
    }

    /** A read as somebody. */
    public static Call get(Target target, String path, String token) {
        return new Call(target, HttpMethod.GET, path, token, null);
    }

    /** A follow. */
    public static Call follow(Target target, Object followed, String token) {
        return new Call(target, HttpMethod.PUT, "/v1/follows/" + followed, token, null);
    }

    /** A reaction. */
    public static Call react(Target target, Object signal, String token) {
        return new Call(target, HttpMethod.PUT, "/v1/signals/" + signal + "/reaction", token, "{\"type\":\"fire\"}");
    }
}
