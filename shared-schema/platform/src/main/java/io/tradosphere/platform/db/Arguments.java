package io.tradosphere.platform.db;

import io.vertx.sqlclient.Tuple;

/** A statement's arguments as the pg client wants them. */
final class Arguments {

    private Arguments() {}

    static Tuple of(Object... arguments) {
        return arguments.length == 0 ? Tuple.tuple() : Tuple.from(arguments);
    }
}
