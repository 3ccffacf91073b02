package dev.allclear.agent.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a failover by DNS has to meet, and what is known of it beside what can be seen: whether it
/// is a `move` to other nameservers, and the TTL from `before` a lowering, null if there was none.
record DnsGoal(Duration rto, boolean move, @Nullable Duration before) {}
