package dev.allclear.probes.journey;

import dev.allclear.probes.template.Template;

/// A variable that each run sets at its start.
public record Var(String name, Template value, boolean secret) {}
