-- Migration: V022__feeds_of_many.sql
-- Description: The feeds of many people in one transaction, each from the reader's own timeline
-- Author: TradoSphere
-- Date: 2026-11-29

ALTER POLICY "Readers can view own timeline" ON timeline USING (reader_id = ANY ((SELECT auth.callers())::uuid[]));
