package io.tradosphere.signal.trade.imports;

import io.tradosphere.contracts.signal.Direction;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Round trips matched from executions, by account and asset: from the first execution that opens a position to the one
 * that closes it. An execution that reverses a position ends one round trip and begins the next.
 *
 * @param trips the round trips
 * @param results the lines that belong to none
 */
record RoundTrips(List<RoundTrip> trips, List<LineResult> results) {

    private static final Pattern COUNTED = Pattern.compile("[0-9]{1,30}");

    /** Matches the executions of a file. */
    static RoundTrips of(ExecutionFormat format, List<Line> lines) {
        RoundTrips all = new RoundTrips(new ArrayList<>(), new ArrayList<>());
        Map<List<String>, List<Execution>> positions = new LinkedHashMap<>();
        Map<List<String>, Long> unreadable = new LinkedHashMap<>();
        Set<List<Object>> known = new HashSet<>();
        for (Line line : lines) {
            try {
                Optional<Execution> read = format.read(line);
                if (read.isEmpty()) {
                    all.results.add(LineResult.skipped(line.number(), "is not an execution"));
                    continue;
                }
                line.requireColumns();
                Execution execution = read.get();
                List<String> key = format.key(line);
                if (execution.id() != null && !known.add(List.of(key, execution.identity()))) {
                    all.results.add(LineResult.skipped(line.number(), "is an execution of this file again"));
                    continue;
                }
                positions.computeIfAbsent(key, none -> new ArrayList<>()).add(execution);
            } catch (UnreadableLineException reason) {
                all.results.add(LineResult.rejected(line.number(), reason.getMessage()));
                unreadable.putIfAbsent(format.key(line), line.number());
            }
        }
        positions.forEach((key, executions) -> {
            if (unreadable.containsKey(key)) {
                all.reject(
                        executions,
                        "cannot be matched, since line " + unreadable.get(key) + " of the same asset cannot be read");
            } else {
                all.match(format, inOrder(executions));
            }
        });
        all.trips.sort(Comparator.comparingLong(RoundTrip::line));
        return all;
    }

    private void match(ExecutionFormat format, List<Execution> executions) {
        boolean spot = format.isSpot(executions.get(0).line());
        List<RoundTrip> closed = new ArrayList<>();
        RoundTrip open = null;
        for (int i = 0; i < executions.size(); i++) {
            Execution whole = executions.get(i);
            Execution left = whole;
            while (left != null) {
                if (open == null) {
                    boolean closes = left.closes() || left == whole && isRealized(left);
                    if (closes || spot && left.side() == Direction.SHORT) {
                        leaveOut(left, left != whole, closed);
                        break;
                    }
                    open = new RoundTrip(left.side(), isUnsure(executions, i));
                }
                left = open.take(left);
                if (open.isClosed()) {
                    closed.add(open);
                    open = null;
                }
            }
        }
        if (open != null) {
            String reason = "belongs to a position of "
                    + open.quantity().stripTrailingZeros().toPlainString()
                    + " that is open at the end of the file; send one with its closing";
            numbers(open.executions()).forEach(line -> results.add(LineResult.skipped(line, reason)));
            if (!spot && executions.stream().noneMatch(each -> each.closes() || each.result() != null)) {
                String doubt = "the position of this asset is "
                        + open.quantity().stripTrailingZeros().toPlainString()
                        + " at the end of the file; if it was not 0 at its beginning, this trade was another one";
                closed.forEach(trip -> trip.doubt(doubt));
            }
        }
        closed.forEach(trip -> add(format, trip));
    }

    private static boolean isRealized(Execution execution) {
        return execution.result() != null && execution.result().signum() != 0;
    }

    /** Leaves out what closes more than was opened in the file. */
    private void leaveOut(Execution left, boolean isRest, List<RoundTrip> closed) {
        if (isRest) {
            closed.get(closed.size() - 1)
                    .doubt("line " + left.line().number() + " closes "
                            + left.quantity().stripTrailingZeros().toPlainString()
                            + " more than this file opens, which is left out");
        } else {
            reject(List.of(left), "closes what was opened before this file begins; send a longer one");
        }
    }

    private void add(ExecutionFormat format, RoundTrip trip) {
        String contradiction = trip.contradiction(format);
        if (trip.isUnsure()) {
            reject(
                    trip.executions(),
                    "was bought and sold in the same second, and nothing tells which was first: LONG or SHORT");
        } else if (contradiction != null) {
            reject(trip.executions(), contradiction);
        } else {
            trips.add(trip);
        }
    }

    private void reject(List<Execution> executions, String reason) {
        numbers(executions).forEach(line -> results.add(LineResult.rejected(line, reason)));
    }

    private static Set<Long> numbers(List<Execution> executions) {
        Set<Long> numbers = new LinkedHashSet<>();
        executions.forEach(execution -> numbers.add(execution.line().number()));
        return numbers;
    }

    /** Whether another execution of the same time might have been first and opened the position the other way. */
    private static boolean isUnsure(List<Execution> executions, int index) {
        Execution first = executions.get(index);
        for (int i = index + 1; i < executions.size(); i++) {
            Execution next = executions.get(i);
            if (!next.time().equals(first.time())) {
                return false;
            }
            if (next.side() != first.side() && !isNumbered(first, next)) {
                return true;
            }
        }
        return false;
    }

    /** By time, then by the broker's count, then as the file has them, which may begin with the latest. */
    private static List<Execution> inOrder(List<Execution> executions) {
        List<Execution> inOrder = new ArrayList<>(executions);
        boolean latestFirst = executions
                .get(0)
                .time()
                .isAfter(executions.get(executions.size() - 1).time());
        if (latestFirst) {
            Collections.reverse(inOrder);
        }
        boolean counted = executions.stream()
                .allMatch(
                        each -> each.id() != null && COUNTED.matcher(each.id()).matches());
        Comparator<Execution> byTime = Comparator.comparing(Execution::time);
        inOrder.sort(counted ? byTime.thenComparing(each -> new BigInteger(each.id())) : byTime);
        return inOrder;
    }

    private static boolean isNumbered(Execution one, Execution other) {
        return one.id() != null
                && other.id() != null
                && COUNTED.matcher(one.id()).matches()
                && COUNTED.matcher(other.id()).matches()
                && !one.id().equals(other.id());
    }
}
