package io.tradosphere.cli.soak;

import io.tradosphere.cli.Gateway;
import io.tradosphere.stack.StackException;
import io.tradosphere.stack.postgres.Address;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Writers that wait: a profile's row is locked for eight seconds at a time, and many want to follow that profile. */
final class HeldLockAttack implements Attack {

    private static final int WRITERS = 24;
    private static final long HELD_SECONDS = 8;

    private final Address database;
    private final Gateway gateway;
    private final TestUser locked;
    private final List<TestUser> writers;
    private final LongAdder served = new LongAdder();
    private final LongAdder refused = new LongAdder();

    HeldLockAttack(Address database, Gateway gateway, TestUser locked, List<TestUser> writers) {
        this.database = database;
        this.gateway = gateway;
        this.locked = locked;
        this.writers = List.copyOf(writers);
    }

    @Override
    public String name() {
        return WRITERS + " writers that wait for a lock";
    }

    @Override
    public void run() throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        for (int writer = 0; writer < WRITERS; writer++) {
            TestUser user = writers.get(writer % writers.size());
            threads.submit(() -> write(user));
        }
        try (Connection connection = database.connect();
                PreparedStatement lock =
                        connection.prepareStatement("SELECT FROM social.profiles WHERE id = ? FOR UPDATE")) {
            connection.setAutoCommit(false);
            lock.setObject(1, locked.id());
            while (true) {
                lock.execute();
                TimeUnit.SECONDS.sleep(HELD_SECONDS);
                connection.commit();
                TimeUnit.SECONDS.sleep(1);
            }
        } catch (SQLException e) {
            throw new StackException("PostgreSQL fails: " + e.getMessage(), e);
        } finally {
            threads.shutdownNow();
        }
    }

    private void write(TestUser user) {
        // A follow that exists needs no lock, so it is ended before it is repeated.
        boolean follow = true;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                boolean done = gateway.send(follow ? "PUT" : "DELETE", "/v1/follows/" + locked.id(), user.token(), null)
                        .isSuccess();
                (done ? served : refused).increment();
                follow ^= done;
                TimeUnit.MILLISECONDS.sleep(500);
            } catch (StackException noResponse) {
                refused.increment();
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public String result() {
        return served.sum() + " follows and unfollows served, " + refused.sum() + " refused";
    }
}
