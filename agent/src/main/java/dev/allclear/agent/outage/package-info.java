/// Outages, decided and timed: a pure fold over observations, without clock, thread, IO or logger.
@NullMarked
package dev.allclear.agent.outage;

import org.jspecify.annotations.NullMarked;
