package io.tradosphere.signal.trade.imports;

/** Rolls back an import that was only to be shown, with its report. */
final class PreviewException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ImportReport report;

    PreviewException(ImportReport report) {
        super("The import was only to be shown", null, false, false);
        this.report = report;
    }

    ImportReport report() {
        return report;
    }
}
