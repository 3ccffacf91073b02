package dev.allclear.agent.schedule;

import dev.allclear.probes.Observation;
import java.time.Duration;

/// One run of a check. `lateness` is how long after it was due it began; `skipped` are the runs
/// that had been due in between and were left out.
public record Run(Check check, Observation observation, Duration lateness, long skipped) {}
