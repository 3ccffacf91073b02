package dev.allclear.agent.config;

import dev.allclear.probes.dns.Server;

/// A resolver that users depend on. `weight` is its share of users against that of the others; 0 if
/// nobody said.
public record ResolverSettings(Server server, int weight) {}
