package io.tradosphere.bench.measure;

import io.tradosphere.bench.Size;
import io.tradosphere.bench.load.Generator;
import io.tradosphere.bench.suite.Targets;
import io.tradosphere.bench.suite.Usage;
import io.tradosphere.bench.world.World;
import io.tradosphere.bench.world.World.Reader;
import io.tradosphere.stack.postgres.Address;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Everything that cases measure on.
 *
 * @param world what all sides are loaded with
 * @param generator puts load on
 * @param targets whom it calls
 * @param database the suite's, as superuser
 * @param databaseLog what its server says
 * @param seed the competitors', as superuser
 * @param handWritten the same as the hand-written service signs in; null when it doesn't run
 * @param tokens of the actors, by number
 * @param readerTokens of those whose personal feeds are read, by number
 * @param usage of every process that takes part
 * @param pgbench empty when there is none on this machine
 */
public record Stage(
        World world,
        Generator generator,
        Targets targets,
        Address database,
        Path databaseLog,
        Address seed,
        Address handWritten,
        String[] tokens,
        Map<Reader, String[]> readerTokens,
        Usage usage,
        Optional<Pgbench> pgbench) {

    Size size() {
        return world.size();
    }

    /** The token of whoever does the following or reacting of that number. */
    String token(int number) {
        return tokens[number % tokens.length];
    }

    /** The token of whoever reads their feed in that number. */
    String readerToken(Reader kind, int number) {
        String[] all = readerTokens.get(kind);
        return all[number % all.length];
    }

    UUID id(int person) {
        return world.id(person);
    }
}
