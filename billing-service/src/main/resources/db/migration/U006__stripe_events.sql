DROP TABLE refunds;
DROP TABLE stripe_event_list;
DROP TABLE stripe_tasks;
DROP TABLE stripe_objects;
DROP TABLE stripe_events;
