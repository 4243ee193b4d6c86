package io.tradosphere.platform.db;

import io.vertx.sqlclient.Tuple;

/** Statement arguments as tuples of the pg client. */
final class Arguments {

    private Arguments() {}

    static Tuple of(Object... arguments) {
        return arguments.length == 0 ? Tuple.tuple() : Tuple.from(arguments);
    }
}
