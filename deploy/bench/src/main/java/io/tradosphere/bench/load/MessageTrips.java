package io.tradosphere.bench.load;

/**
 * The trips of numbered messages: from the response that the sender got to the recipient's event. Used on the event loop alone.
 */
public final class MessageTrips implements LoadGenerator.Observer, StreamClients.Listener {

    private static final char MARK = '#';

    private final int clients;
    private long[] responded = {};
    private long[] received = {};
    private int doubled;

    /** @param clients number of clients; each writes to others of them */
    public MessageTrips(int clients) {
        this.clients = clients;
    }

    /** Forgets earlier messages. */
    public void begin(int messages) {
        responded = new long[messages];
        received = new long[messages];
        doubled = 0;
    }

    /** Who sends the message with that number. */
    public int sender(int number) {
        return (int) (number * 7919L % clients);
    }

    /** Who receives it: never the sender. */
    public int recipient(int number) {
        return (sender(number) + 1 + number % (clients - 1)) % clients;
    }

    /** The text by which an event's data tells the message's number. */
    public static String content(int number) {
        return "Message " + MARK + number + MARK;
    }

    @Override
    public void responded(int number) {
        responded[number] = System.nanoTime();
    }

    @Override
    public void received(int client, String data) {
        int from = data.indexOf(MARK) + 1;
        if (from == 0) {
            return;
        }
        int number = Integer.parseInt(data, from, data.indexOf(MARK, from), 10);
        // The sender's own stream brings it too.
        if (number < received.length && recipient(number) == client) {
            if (received[number] != 0) {
                doubled++;
            } else {
                received[number] = System.nanoTime();
            }
        }
    }

    /** How many messages have a response and did not arrive. */
    public long missing() {
        long missing = 0;
        for (int i = 0; i < responded.length; i++) {
            if (responded[i] != 0 && received[i] == 0) {
                missing++;
            }
        }
        return missing;
    }

    /** How many events came twice. */
    public long doubled() {
        return doubled;
    }

    /** The times from the response to the event; 0 for an event before the response. */
    public Latencies latencies() {
        Latencies latencies = new Latencies();
        for (int i = 0; i < responded.length; i++) {
            if (responded[i] != 0 && received[i] != 0) {
                latencies.add(received[i] - responded[i]);
            }
        }
        return latencies;
    }
}
