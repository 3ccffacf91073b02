package dev.allclear.probes.expect;

/// A variable taken from a step's answer for the steps after it. One that is not there, or not
/// once, fails the step with cause `extract`. Values of secret variables are masked in everything
/// that is shown.
public record Capture(String variable, Source source, boolean secret) {}
