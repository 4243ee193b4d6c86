-- Migration: V022__batched_feeds.sql
-- Description: Feeds of several readers in one transaction, each from the reader's own timeline
-- Author: TradoSphere
-- Date: 2026-11-29

ALTER POLICY "Readers can view own timeline" ON timeline USING (reader_id = ANY ((SELECT auth.callers())::uuid[]));
