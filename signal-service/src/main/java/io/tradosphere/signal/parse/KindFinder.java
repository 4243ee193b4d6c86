package io.tradosphere.signal.parse;

/** Decides what a text is. A complete call outweighs what a call may say besides. */
final class KindFinder {

    /**
     * What a text is.
     *
     * @param doubt what else it may be; null when nothing speaks for that
     */
    record Finding(MessageKind kind, String doubt) {}

    private KindFinder() {}

    /** The kind of a text that does not have several calls. */
    static Finding find(Reading reading) {
        Evidence evidence = new Evidence(reading);
        if (evidence.isOption()) {
            return new Finding(MessageKind.OPTION, null);
        }
        if (evidence.asks() || !reading.isComplete() && evidence.suggestsQuestion()) {
            return new Finding(MessageKind.QUESTION, null);
        }
        if (evidence.tellsResult() || suggestsResult(reading, evidence)) {
            return new Finding(MessageKind.RESULT, null);
        }
        if (evidence.tellsUpdate() || !reading.isComplete() && evidence.suggestsUpdate()) {
            return new Finding(MessageKind.UPDATE, null);
        }
        return new Finding(isCall(reading, evidence) ? MessageKind.CALL : MessageKind.OTHER, doubt(reading, evidence));
    }

    private static boolean suggestsResult(Reading reading, Evidence evidence) {
        boolean bounded = reading.isComplete() && reading.idea().stop() != null;
        return !bounded && evidence.suggestsResult();
    }

    private static boolean isCall(Reading reading, Evidence evidence) {
        if (reading.isComplete()) {
            return reading.isWhole() || !evidence.isTalk();
        }
        boolean stated = reading.statesDirection() && reading.asset() != null;
        return stated && !evidence.isTalk() && (reading.hasPrice() || evidence.orders());
    }

    private static String doubt(Reading reading, Evidence evidence) {
        if (!reading.isComplete()) {
            return null;
        }
        if (evidence.hasOppositeOrder()) {
            return "the text has an order and targets, and an order the other way; it may be two calls";
        }
        if (evidence.suggestsQuestion()) {
            return "the text asks something too; it may be a question";
        }
        if (evidence.suggestsResult() && !reading.isWhole()) {
            return "the text tells of a gain; it may be a result";
        }
        return evidence.isTalk() ? "the text also tells, jokes, compares or waits; it may be no call" : null;
    }
}
