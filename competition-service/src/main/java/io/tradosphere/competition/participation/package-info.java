/** Taking part in competitions: joining, withdrawing, coming back, and being disqualified. */
package io.tradosphere.competition.participation;
