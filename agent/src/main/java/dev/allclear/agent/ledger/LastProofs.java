package dev.allclear.agent.ledger;

import dev.allclear.agent.outage.Cell;
import dev.allclear.probes.Bounds;
import org.jspecify.annotations.Nullable;

/// The last proofs that one probe has of its cell's health and of its failure.
public record LastProofs(
    Cell cell, String probe, @Nullable Bounds lastPass, @Nullable Bounds lastFail) {}
