package io.tradosphere.signal.watchlist;

import io.smallrye.mutiny.Uni;
import io.tradosphere.contracts.signal.WatchlistRole;
import io.tradosphere.http.Problem;
import io.tradosphere.http.Problem.Violation;
import io.tradosphere.http.ProblemKind;
import io.tradosphere.platform.db.SliceDatabase;
import io.tradosphere.platform.db.Tx;
import io.tradosphere.platform.identity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/** Adds and removes the assets of watchlists. */
@ApplicationScoped
class WatchlistAssets {

    static final int AT_MOST = 500;

    private static final Pattern SYMBOL = Pattern.compile("[!-~]{1,32}");
    private static final String STATE = """
            SELECT count(*) AS assets, coalesce(bool_or(symbol = $2), false) AS present
            FROM watchlist_assets WHERE watchlist_id = $1
            """;
    private static final String ADD = """
            INSERT INTO watchlist_assets (watchlist_id, symbol, added_by) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
            """;
    private static final String REMOVE = "DELETE FROM watchlist_assets WHERE watchlist_id = $1 AND symbol = $2";

    private final SliceDatabase slice;

    WatchlistAssets(SliceDatabase slice) {
        this.slice = slice;
    }

    /**
     * Adds an asset to a list that the caller owns or edits. An asset already on it stays as it is.
     *
     * @param symbol in any case
     * @throws Problem {@code not-found} (404), {@code forbidden} (403), {@code watchlist-full} (409), {@code invalid-request} (400)
     */
    Uni<Void> add(Caller caller, UUID list, String symbol) {
        String asset = stored(symbol);
        return slice.write(
                caller,
                tx -> lockForEditing(tx, list)
                        .chain(() -> tx.execute(STATE, list, asset))
                        .map(rows -> rows.iterator().next())
                        .chain(state -> {
                            if (state.getBoolean("present")) {
                                return Uni.createFrom().voidItem();
                            }
                            if (state.getLong("assets") >= AT_MOST) {
                                throw ProblemKind.WATCHLIST_FULL.because(
                                        "A watchlist has at most " + AT_MOST + " assets.");
                            }
                            return tx.execute(ADD, list, asset, caller.id())
                                    .chain(() -> WatchlistState.bumpVersion(tx, list));
                        }));
    }

    /**
     * Removes an asset from a list that the caller owns or edits. If it is not on it, nothing changes.
     *
     * @param symbol in any case
     * @throws Problem {@code not-found} (404), {@code forbidden} (403), {@code invalid-request} (400)
     */
    Uni<Void> remove(Caller caller, UUID list, String symbol) {
        String asset = stored(symbol);
        return slice.write(
                caller,
                tx -> lockForEditing(tx, list)
                        .chain(() -> tx.execute(REMOVE, list, asset))
                        .chain(removed -> removed.rowCount() == 0
                                ? Uni.createFrom().voidItem()
                                : WatchlistState.bumpVersion(tx, list)));
    }

    private static Uni<Void> lockForEditing(Tx tx, UUID list) {
        return WatchlistState.lock(tx, list)
                .invoke(role -> {
                    if (role == WatchlistRole.VIEWER) {
                        throw ProblemKind.FORBIDDEN.because("Only the owner and editors may change the watchlist.");
                    }
                })
                .replaceWithVoid();
    }

    /** The symbol as it is stored, by the same rule as the symbols of signals. */
    private static String stored(String symbol) {
        if (!SYMBOL.matcher(symbol).matches()) {
            String message = "has 1 to 32 plain characters and no spaces, such as BTC%2FUSD";
            throw ProblemKind.INVALID_REQUEST.because(
                    "symbol " + message + ".", List.of(new Violation("symbol", message)));
        }
        return symbol.toUpperCase(Locale.ROOT);
    }
}
