/** The course of competitions: they begin and end by themselves at their times, and the prizes are split. */
package io.tradosphere.competition.lifecycle;
