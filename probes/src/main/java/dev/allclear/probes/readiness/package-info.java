/// Whether a failover by DNS can meet its objective, told before anything fails: the TTLs as in
/// force now, and what is left of the objective for them.
@NullMarked
package dev.allclear.probes.readiness;

import org.jspecify.annotations.NullMarked;
