/** What the slice keeps of others' topics: who belongs to which clan, and who is in stealth mode. */
package io.tradosphere.competition.copies;
