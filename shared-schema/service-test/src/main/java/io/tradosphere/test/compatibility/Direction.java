package io.tradosphere.test.compatibility;

/**
 * Who sends a value. What a client sends may only be accepted more widely; what a service sends may only become narrower, or gain
 * properties.
 */
enum Direction {
    REQUEST,
    RESPONSE
}
