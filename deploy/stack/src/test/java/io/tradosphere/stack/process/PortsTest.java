package io.tradosphere.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortsTest {

    private final Ports ports = new Ports();

    @Test
    void a_taken_port_is_replaced_by_another() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(Ports.isFree(taken.getLocalPort())).isFalse();
            assertThat(ports.preferably(taken.getLocalPort())).isNotEqualTo(taken.getLocalPort());
        }
    }

    @Test
    void a_free_port_is_given_as_wanted_and_only_once() {
        int free = new Ports().any();
        assertThat(ports.preferably(free)).isEqualTo(free);
        assertThat(ports.preferably(free)).isNotEqualTo(free);
    }

    @Test
    void no_port_is_given_twice_nor_from_the_range_of_outgoing_connections() {
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            int port = ports.any();
            assertThat(seen.add(port)).isTrue();
            assertThat(port).isLessThan(32_768);
        }
    }
}
