ALTER POLICY "Readers can view own timeline" ON timeline USING (reader_id = (SELECT auth.uid()));
