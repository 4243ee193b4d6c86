package io.tradosphere.bench.measure;

import io.tradosphere.bench.Size;
import io.tradosphere.bench.dataset.Dataset;
import io.tradosphere.bench.dataset.Dataset.Reader;
import io.tradosphere.bench.load.LoadGenerator;
import io.tradosphere.bench.suite.Endpoints;
import io.tradosphere.bench.suite.ProcessUsage;
import io.tradosphere.bench.suite.Targets;
import io.tradosphere.stack.postgres.Address;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Everything that the cases use.
 *
 * @param dataset loaded into all systems
 * @param generator the load generator
 * @param targets the servers
 * @param endpoints the suite's addresses and secrets
 * @param database the suite's database, as superuser
 * @param databaseLog log file of its server
 * @param seed the database with the seed schema, as superuser
 * @param handWritten the same with the login role of the Fastify service; null when it does not run
 * @param tokens of the actors, by number
 * @param streamTokens of the first people, by number; empty unless a case needs them
 * @param readerTokens of the readers, by number
 * @param usage of all measured processes
 * @param pgbench empty when not installed
 */
public record CaseContext(
        Dataset dataset,
        LoadGenerator generator,
        Targets targets,
        Endpoints endpoints,
        Address database,
        Path databaseLog,
        Address seed,
        Address handWritten,
        String[] tokens,
        String[] streamTokens,
        Map<Reader, String[]> readerTokens,
        ProcessUsage usage,
        Optional<Pgbench> pgbench) {

    Size size() {
        return dataset.size();
    }

    /** The token of the actor for the request with that index. */
    String token(int number) {
        return tokens[number % tokens.length];
    }

    /** The token of the reader for the request with that index. */
    String readerToken(Reader kind, int number) {
        String[] all = readerTokens.get(kind);
        return all[number % all.length];
    }

    UUID id(int person) {
        return dataset.id(person);
    }
}
