package dev.allclear.agent.web;

import java.time.Instant;

/// Somebody says that a name was changed then. `actor` is who, empty if that is not told.
public record DnsClaim(String name, Instant at, String actor) {}
