-- The seed counts followers and subscribers by trigger, but not likes. This trigger follows the same pattern. SECURITY DEFINER,
-- since a user may not update another user's signal and nothing would be counted.
CREATE FUNCTION update_like_count()
RETURNS TRIGGER AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    UPDATE signals SET like_count = like_count + 1
    WHERE id = NEW.signal_id;
  ELSIF TG_OP = 'DELETE' THEN
    UPDATE signals SET like_count = like_count - 1
    WHERE id = OLD.signal_id;
  END IF;
  RETURN NEW;
END;
$$ LANGUAGE plpgsql SECURITY DEFINER;

CREATE TRIGGER update_like_count_trigger
  AFTER INSERT OR DELETE ON signal_engagement
  FOR EACH ROW
  EXECUTE FUNCTION update_like_count();
