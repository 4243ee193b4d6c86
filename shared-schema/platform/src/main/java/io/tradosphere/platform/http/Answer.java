package io.tradosphere.platform.http;

/**
 * A response of a creating operation, in a form that can be stored and replayed.
 *
 * @param status the HTTP status
 * @param location the path of the created resource; null when it has none
 * @param etag the version of the created resource; null when it has none
 * @param body the value of the JSON body; null for none
 */
public record Answer(int status, String location, String etag, Object body) {

    /** A 201 response for a resource with a path. */
    public static Answer created(String location, String etag, Object body) {
        return new Answer(201, location, etag, body);
    }
}
