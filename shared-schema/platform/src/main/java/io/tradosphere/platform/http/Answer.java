package io.tradosphere.platform.http;

/**
 * What a creating call answers, in a form that can be kept and given again.
 *
 * @param status the HTTP status
 * @param location the path of what was created; null when nothing has a path of its own
 * @param etag the version of what was created; null when it has none
 * @param body what becomes the JSON body; null for none
 */
public record Answer(int status, String location, String etag, Object body) {

    /** 201 for something with a path of its own. */
    public static Answer created(String location, String etag, Object body) {
        return new Answer(201, location, etag, body);
    }
}
