DROP INDEX idx_signals_kind, idx_signals_asset_kind;
