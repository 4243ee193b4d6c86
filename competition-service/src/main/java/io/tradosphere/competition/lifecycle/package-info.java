/** Scheduled start and completion of competitions, and the split of prizes. */
package io.tradosphere.competition.lifecycle;
